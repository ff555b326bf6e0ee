package io.stowage.core.definition;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Numbers that follow from what they stand for: the first bits of its SHA-256. Whoever makes a
 * number for the same thing makes the same one, so that after a loss of data no number comes to
 * stand for something else. That two things of a store have one number is unlikely, and noticed
 * when the second one gets it.
 */
public final class ContentNumber {

  /** Numbers of names are from here to 2^31 - 1. */
  static final int FIRST_NAME = 1 << 30;

  /** Numbers of dictionaries are from here to 2^28 - 1, which takes four bytes of a varint. */
  static final int FIRST_DICTIONARY = 1 << 27;

  private ContentNumber() {}

  /** The number of a name. */
  static int ofName(String name) {
    return FIRST_NAME | (bits(name.getBytes(StandardCharsets.UTF_8)) >>> 2);
  }

  /** The number of a compression dictionary. */
  public static int ofDictionary(byte[] dictionary) {
    return FIRST_DICTIONARY | (bits(dictionary) >>> 5);
  }

  private static int bits(byte[] content) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(content)).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is missing in this JDK", e);
    }
  }
}
