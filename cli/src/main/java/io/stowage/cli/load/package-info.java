/** The {@code import} command: JSON Lines into a store, read lazily and saved in batches. */
@NullMarked
package io.stowage.cli.load;

import org.jspecify.annotations.NullMarked;
