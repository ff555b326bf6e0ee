/** The commands that make and change key sets in files: {@code key} and what is below it. */
@NullMarked
package io.stowage.cli.keys;

import org.jspecify.annotations.NullMarked;
