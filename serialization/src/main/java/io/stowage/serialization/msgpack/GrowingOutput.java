package io.stowage.serialization.msgpack;

import java.util.Arrays;
import org.msgpack.core.buffer.MessageBuffer;
import org.msgpack.core.buffer.MessageBufferOutput;

/** One array that grows, so that what was packed is in one piece and the array can be reused. */
final class GrowingOutput implements MessageBufferOutput {

  private static final int FIRST_SIZE = 2048;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int end;

  @Override
  public MessageBuffer next(int minimumSize) {
    reserve(minimumSize);
    return MessageBuffer.wrap(bytes, end, bytes.length - end);
  }

  @Override
  public void writeBuffer(int length) {
    end += length;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    reserve(length);
    System.arraycopy(buffer, offset, bytes, end, length);
    end += length;
  }

  @Override
  public void add(byte[] buffer, int offset, int length) {
    write(buffer, offset, length);
  }

  private void reserve(int length) {
    int needed = Math.addExact(end, length);
    if (needed > bytes.length) {
      long doubled = Math.min(2L * bytes.length, Integer.MAX_VALUE - Long.BYTES);
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
    }
  }

  /** What was written so far; valid up to {@link #size}. */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return end;
  }

  int capacity() {
    return bytes.length;
  }

  void clear() {
    end = 0;
  }

  @Override
  public void flush() {
    // All is in the array.
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
