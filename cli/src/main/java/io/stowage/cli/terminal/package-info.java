/**
 * What every command shares with the process around it: its streams, the form of its errors and its
 * exit codes.
 */
@NullMarked
package io.stowage.cli.terminal;

import org.jspecify.annotations.NullMarked;
