package io.stowage.spi;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Keeps the values of index terms short and well-formed. A text that is long, cannot be written as
 * UTF-8 or begins with {@code ~} is replaced by {@code ~} and its SHA-256, so that no two texts
 * share a value.
 */
final class TermValue {

  static final int MAX_BYTES = 256;
  private static final char HASHED = '~';

  private TermValue() {}

  static String of(String text) {
    boolean asItIs =
        text.length() <= MAX_BYTES && (text.isEmpty() || text.charAt(0) != HASHED) && fits(text);
    return asItIs ? text : HASHED + sha256(text);
  }

  /** Whether the text is well-formed and its UTF-8 short enough. */
  private static boolean fits(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else if (Character.isSurrogate(unit)) {
        return false;
      } else {
        bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
      }
    }
    return bytes <= MAX_BYTES;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer units = ByteBuffer.allocate(text.length() * Character.BYTES);
      units.asCharBuffer().put(text);
      return HexFormat.of().formatHex(digest.digest(units.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
