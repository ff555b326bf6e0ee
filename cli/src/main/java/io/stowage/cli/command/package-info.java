/** The commands that read and delete items, and how any command finds its backend. */
@NullMarked
package io.stowage.cli.command;

import org.jspecify.annotations.NullMarked;
