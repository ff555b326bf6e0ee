/** Drives the engine's own steps of the write protocol through interleavings of many actors. */
@NullMarked
package io.stowage.testkit.protocol;

import org.jspecify.annotations.NullMarked;
