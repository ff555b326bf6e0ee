/** The Kryo codec: compact binary items of allowed classes. */
@NullMarked
package io.stowage.serialization.kryo;

import org.jspecify.annotations.NullMarked;
