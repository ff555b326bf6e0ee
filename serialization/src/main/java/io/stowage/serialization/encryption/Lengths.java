package io.stowage.serialization.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Joins byte strings with their lengths, so that no two lists of them look alike. */
final class Lengths {

  private Lengths() {}

  static byte[] joined(byte[]... parts) {
    int size = 0;
    for (byte[] part : parts) {
      size += Integer.BYTES + part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      joined.putInt(part.length).put(part);
    }
    return joined.array();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The code units of a text, so that texts with lone surrogates differ too. */
  static byte[] utf16(String text) {
    ByteBuffer units = ByteBuffer.allocate(text.length() * Character.BYTES);
    text.chars().forEach(unit -> units.putChar((char) unit));
    return units.array();
  }
}
