package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.io.Output;
import io.stowage.spi.SerializationException;
import org.jspecify.annotations.Nullable;

/** Writes texts as plain UTF-8, and refuses those that UTF-8 cannot hold. */
final class CheckedOutput extends Output {

  private static final int INITIAL_SIZE = 4096;

  /** A buffer that one large item made larger than this is not kept. */
  private static final int MAX_KEPT = 1024 * 1024;

  CheckedOutput() {
    super(INITIAL_SIZE, -1);
  }

  /** Makes this ready for the next item. */
  void release() {
    reset();
    if (buffer.length > MAX_KEPT) {
      setBuffer(new byte[INITIAL_SIZE], -1);
    }
  }

  /** The length in bytes and one more, or 0 for null; then UTF-8. */
  @Override
  public void writeString(@Nullable String text) {
    if (text == null) {
      writeVarInt(0, true);
      return;
    }
    int length = encodedLength(text);
    writeVarInt(Math.addExact(length, 1), true);
    require(length);
    if (length == text.length()) {
      for (int i = 0; i < length; i++) {
        buffer[position + i] = (byte) text.charAt(i);
      }
      position += length;
    } else {
      writeEncoded(text);
    }
  }

  private static int encodedLength(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        length++;
      } else if (unit < 0x800) {
        length += 2;
      } else if (!Character.isSurrogate(unit)) {
        length += 3;
      } else {
        requirePair(text, i);
        length += 4;
        i++;
      }
    }
    return Math.toIntExact(length);
  }

  private static void requirePair(String text, int i) {
    boolean isPair =
        Character.isHighSurrogate(text.charAt(i))
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1));
    if (!isPair) {
      throw new SerializationException(
          "text has a lone surrogate at position " + i + ", which UTF-8 cannot hold", null);
    }
  }

  private void writeEncoded(String text) {
    byte[] bytes = buffer;
    int to = position;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < 0x80) {
        bytes[to++] = (byte) unit;
      } else if (unit < 0x800) {
        bytes[to++] = (byte) (0xC0 | (unit >> 6));
        bytes[to++] = (byte) (0x80 | (unit & 0x3F));
      } else if (!Character.isSurrogate(unit)) {
        bytes[to++] = (byte) (0xE0 | (unit >> 12));
        bytes[to++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
        bytes[to++] = (byte) (0x80 | (unit & 0x3F));
      } else {
        int point = Character.toCodePoint(unit, text.charAt(++i));
        bytes[to++] = (byte) (0xF0 | (point >> 18));
        bytes[to++] = (byte) (0x80 | ((point >> 12) & 0x3F));
        bytes[to++] = (byte) (0x80 | ((point >> 6) & 0x3F));
        bytes[to++] = (byte) (0x80 | (point & 0x3F));
      }
    }
    position = to;
  }
}
