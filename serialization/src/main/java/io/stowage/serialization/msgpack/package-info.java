/** The MessagePack codec: Jackson's token stream over msgpack-core. */
@NullMarked
package io.stowage.serialization.msgpack;

import org.jspecify.annotations.NullMarked;
