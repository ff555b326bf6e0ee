package io.stowage.serialization.envelope;

import io.stowage.api.Compression.Algorithm;
import io.stowage.spi.SerializationException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The header of an envelope of format 1, or what a plain payload stands for, which has none.
 *
 * @param codec the codec's name
 * @param schemaVersion 1 or more
 * @param compression how the body is compressed
 * @param originalLength the body's size before compression; 0 if it is not compressed
 * @param dictionary the dictionary's number; 0 for none
 * @param keyId the id of the key, an unsigned 32-bit number; {@link #NO_KEY} if not encrypted
 * @param hasItemKey whether it is encrypted under a key that was derived for it from that one
 */
record Header(
    String codec,
    int schemaVersion,
    Algorithm compression,
    int originalLength,
    int dictionary,
    long keyId,
    boolean hasItemKey) {

  /** The first byte of an envelope. */
  static final byte MARK = (byte) 0xC1;

  /** The second byte: the format that is written and read here. */
  static final byte FORMAT = 1;

  static final long NO_KEY = -1;

  /** The codec whose contents need no header. */
  static final String PLAIN_CODEC = "json";

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
  private static final String[] CODECS = {"", PLAIN_CODEC, "msgpack", "kryo"};
  private static final Algorithm[] ALGORITHMS = {
    Algorithm.NONE, Algorithm.GZIP, Algorithm.ZSTD, Algorithm.LZ4
  };

  private static final int COMPRESSION = 0x0F;
  private static final int HAS_SCHEMA_VERSION = 0x10;
  private static final int HAS_DICTIONARY = 0x20;
  private static final int ENCRYPTED = 0x40;
  private static final int ENCRYPTED_UNDER_ITEM_KEY = 0x80;
  private static final int FIXED = 4;

  /** What a plain payload stands for. */
  static final Header PLAIN = new Header(PLAIN_CODEC, 1, Algorithm.NONE, 0, 0);

  /** The header of what is not encrypted. */
  Header(
      String codec, int schemaVersion, Algorithm compression, int originalLength, int dictionary) {
    this(codec, schemaVersion, compression, originalLength, dictionary, NO_KEY, false);
  }

  /** Whether a payload is an envelope of any format, or else plain. */
  static boolean isEnvelope(byte[] payload) {
    return payload.length > 0 && payload[0] == MARK;
  }

  /**
   * Reads the header of a payload, or answers {@link #PLAIN}.
   *
   * @throws SerializationException if it is empty or damaged, or of a form that is not known
   */
  static Header of(byte[] payload) {
    if (payload.length == 0) {
      throw new SerializationException("payload is empty", null);
    }
    return isEnvelope(payload) ? read(payload) : PLAIN;
  }

  private static Header read(byte[] payload) {
    HeaderReader reader = new HeaderReader(payload);
    reader.next("mark");
    int format = reader.next("format");
    if (format != FORMAT) {
      throw new SerializationException(
          "envelope is of format "
              + format
              + ", which this version cannot read; it reads "
              + FORMAT,
          null);
    }
    int codec = reader.next("codec");
    int flags = reader.next("flags");
    int algorithm = flags & COMPRESSION;
    boolean dictionary = (flags & HAS_DICTIONARY) != 0;
    if (codec >= CODECS.length) {
      throw unknown("codec", codec, "0 to " + (CODECS.length - 1));
    }
    boolean itemKey = (flags & ENCRYPTED_UNDER_ITEM_KEY) != 0;
    boolean encrypted = itemKey || (flags & ENCRYPTED) != 0;
    if (itemKey && (flags & ENCRYPTED) != 0) {
      throw unknown("flags", flags, "0 to " + (ENCRYPTED + ENCRYPTED_UNDER_ITEM_KEY - 1));
    }
    if (algorithm >= ALGORITHMS.length) {
      throw unknown("compression", algorithm, "0 to " + (ALGORITHMS.length - 1));
    }
    if (dictionary && ALGORITHMS[algorithm] != Algorithm.ZSTD) {
      throw new SerializationException(
          "envelope has a dictionary with compression '"
              + ALGORITHMS[algorithm].label()
              + "'; allowed is it with 'zstd'",
          null);
    }
    return new Header(
        codec == 0 ? reader.name() : CODECS[codec],
        (flags & HAS_SCHEMA_VERSION) != 0 ? reader.number("schema version") : 1,
        ALGORITHMS[algorithm],
        algorithm != 0 ? reader.number("original length") : 0,
        dictionary ? reader.number("dictionary number") : 0,
        encrypted ? reader.keyId() : NO_KEY,
        itemKey);
  }

  private static SerializationException unknown(String part, int value, String allowed) {
    return new SerializationException(
        "envelope names "
            + part
            + " "
            + value
            + ", which this version does not know; it knows "
            + allowed,
        null);
  }

  boolean encrypted() {
    return keyId != NO_KEY;
  }

  boolean compressed() {
    return compression != Algorithm.NONE;
  }

  /** The same, encrypted under a key that is derived from one. */
  Header encryptedWith(long key) {
    return new Header(codec, schemaVersion, compression, originalLength, dictionary, key, true);
  }

  /** The same, not encrypted. */
  Header decrypted() {
    return new Header(codec, schemaVersion, compression, originalLength, dictionary);
  }

  /** How many bytes it takes in an envelope. */
  int size() {
    return FIXED
        + (number(codec) == 0 ? 1 + codec.length() : 0)
        + (schemaVersion == 1 ? 0 : varintSize(schemaVersion))
        + (compressed() ? varintSize(originalLength) : 0)
        + (dictionary == 0 ? 0 : varintSize(dictionary))
        + (encrypted() ? Integer.BYTES : 0);
  }

  /** Writes it to the beginning of an array. */
  void write(byte[] target) {
    int codecNumber = number(codec);
    target[0] = MARK;
    target[1] = FORMAT;
    target[2] = (byte) codecNumber;
    target[3] = (byte) flags();
    int at = FIXED;
    if (codecNumber == 0) {
      byte[] name = codec.getBytes(StandardCharsets.US_ASCII);
      target[at] = (byte) name.length;
      System.arraycopy(name, 0, target, at + 1, name.length);
      at += 1 + name.length;
    }
    if (schemaVersion != 1) {
      at = writeVarint(target, at, schemaVersion);
    }
    if (compressed()) {
      at = writeVarint(target, at, originalLength);
    }
    if (dictionary != 0) {
      at = writeVarint(target, at, dictionary);
    }
    if (encrypted()) {
      for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        target[at++] = (byte) (keyId >>> shift);
      }
    }
  }

  private int flags() {
    return number(compression)
        | (schemaVersion == 1 ? 0 : HAS_SCHEMA_VERSION)
        | (dictionary == 0 ? 0 : HAS_DICTIONARY)
        | (hasItemKey ? ENCRYPTED_UNDER_ITEM_KEY : encrypted() ? ENCRYPTED : 0);
  }

  private static int number(Algorithm algorithm) {
    return switch (algorithm) {
      case NONE -> 0;
      case GZIP -> 1;
      case ZSTD -> 2;
      case LZ4 -> 3;
    };
  }

  private static int number(String codec) {
    for (int i = 1; i < CODECS.length; i++) {
      if (CODECS[i].equals(codec)) {
        return i;
      }
    }
    return 0;
  }

  /**
   * Checks that a codec's name can be written.
   *
   * @throws SerializationException if not
   */
  static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new SerializationException(
          "codec name is '" + name + "'; allowed is 1 to 32 lower-case letters, digits and '-'",
          null);
    }
    return name;
  }

  private static int varintSize(int value) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  private static int writeVarint(byte[] target, int start, int value) {
    int at = start;
    int rest = value;
    while (rest >= 0x80) {
      target[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[at++] = (byte) rest;
    return at;
  }
}
