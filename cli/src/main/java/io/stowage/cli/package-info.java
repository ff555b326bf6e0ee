/** The {@code stowage} command: a store from the command line, and a tour for newcomers. */
@NullMarked
package io.stowage.cli;

import org.jspecify.annotations.NullMarked;
