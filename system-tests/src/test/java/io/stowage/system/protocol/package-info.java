/** Drives the engine's own steps of the write protocol through interleavings of many actors. */
@NullMarked
package io.stowage.system.protocol;

import org.jspecify.annotations.NullMarked;
