package io.stowage.core.item;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;

/** Checks ids, and makes them where an item has none. */
public final class ItemIds {

  /** The longest id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 4_096;

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final SecureRandom RANDOM = new SecureRandom();

  private ItemIds() {}

  /**
   * Answers the id if a store accepts it.
   *
   * @throws IllegalArgumentException if it is empty, too long, or no well-formed Unicode
   */
  public static String check(String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "id is empty; allowed are 1 to " + MAX_BYTES + " bytes of UTF-8");
    }
    int bytes = 0;
    for (int i = 0; i < id.length(); i++) {
      char unit = id.charAt(i);
      if (unit < 0x80) {
        bytes += 1;
      } else if (unit < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(unit)) {
        bytes += 3;
      } else {
        checkPair(id, i);
        bytes += 4;
        i++;
      }
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "id '"
              + shortened(id)
              + "' has "
              + bytes
              + " bytes of UTF-8; allowed are 1 to "
              + MAX_BYTES);
    }
    return id;
  }

  private static void checkPair(String id, int index) {
    boolean isPair =
        Character.isHighSurrogate(id.charAt(index))
            && index + 1 < id.length()
            && Character.isLowSurrogate(id.charAt(index + 1));
    if (!isPair) {
      throw new IllegalArgumentException(
          "id '"
              + shortened(id)
              + "' has an unpaired surrogate at "
              + index
              + "; allowed is well-formed Unicode");
    }
  }

  private static String shortened(String id) {
    return id.length() <= 40 ? id : id.substring(0, 40) + "…";
  }

  /**
   * A new id: a UUID of version 7 (RFC 9562), which begins with the time in milliseconds.
   *
   * @param epochMillis the time
   */
  public static String generate(long epochMillis) {
    byte[] random = new byte[10];
    RANDOM.nextBytes(random);
    ByteBuffer bits = ByteBuffer.wrap(random);
    long high = (epochMillis << 16) | VERSION_7 | (bits.getShort() & 0x0fffL);
    long low = (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | VARIANT;
    return new UUID(high, low).toString();
  }
}
