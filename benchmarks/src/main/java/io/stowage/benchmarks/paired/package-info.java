/**
 * What the library costs over the same work by hand: each piece of work is done in turns by the
 * library and by a few lines on the raw client that leave the same bytes behind.
 */
@NullMarked
package io.stowage.benchmarks.paired;

import org.jspecify.annotations.NullMarked;
