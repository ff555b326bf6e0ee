/** Compression algorithms that reuse their contexts and buffers. */
@NullMarked
package io.stowage.serialization.compression;

import org.jspecify.annotations.NullMarked;
