/** The commands that check and mend stores: {@code doctor}, {@code sweep} and {@code reindex}. */
@NullMarked
package io.stowage.cli.upkeep;

import org.jspecify.annotations.NullMarked;
