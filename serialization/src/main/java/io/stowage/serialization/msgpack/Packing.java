package io.stowage.serialization.msgpack;

import java.io.IOException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/** The buffers in which one item at a time is packed; reused, and used by one thread at a time. */
final class Packing {

  private static final int KEPT_BYTES = 1 << 20;
  private static final int KEPT_CONTAINERS = 1 << 16;

  final GrowingOutput output = new GrowingOutput();
  final MessagePacker packer = MessagePack.newDefaultPacker(output);
  final Containers containers = new Containers();

  /** What was packed since {@link #clear}. */
  byte[] result() throws IOException {
    packer.flush();
    return containers.join(output.bytes(), output.size());
  }

  /** Makes these ready for the next item, whether or not the last one was finished. */
  void clear() throws IOException {
    packer.clear();
    packer.reset(output);
    output.clear();
    containers.clear();
  }

  /** Whether these are small enough to be kept for the next item. */
  boolean isKept() {
    return output.capacity() <= KEPT_BYTES && containers.capacity() <= KEPT_CONTAINERS;
  }
}
