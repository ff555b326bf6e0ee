package io.stowage.serialization;

import io.stowage.spi.SerializationException;

/**
 * Tells by a payload's first byte whether it is plain or in an envelope. The envelope's mark is a
 * byte that begins no UTF-8 text, and so no JSON.
 *
 * <p>An envelope's header names its format, and then codec, compression, dictionary, key and schema
 * version. This version writes none and reads none: it only recognises them, so that data of a
 * later version is refused with a clear message and not taken for damaged JSON.
 */
public final class Envelope {

  /** The first byte of an envelope, as an unsigned number. The next byte is the format's number. */
  public static final int MARK = 0xC1;

  private Envelope() {}

  /**
   * Checks that a payload is plain, and answers it.
   *
   * @throws SerializationException if the payload is empty or in an envelope
   */
  public static byte[] requirePlain(byte[] payload) {
    if (payload.length == 0) {
      throw new SerializationException("payload is empty", null);
    }
    if (Byte.toUnsignedInt(payload[0]) == MARK) {
      String format = payload.length > 1 ? String.valueOf(Byte.toUnsignedInt(payload[1])) : "none";
      throw new SerializationException(
          "payload is in an envelope of format "
              + format
              + ", which this version cannot read; it reads plain payloads only",
          null);
    }
    return payload;
  }
}
