package io.stowage.serialization.envelope;

import io.stowage.spi.SerializationException;
import java.nio.charset.StandardCharsets;

/** Reads the parts of a header one after the other, and never beyond the payload. */
final class HeaderReader {

  private static final int LONGEST_VARINT = 5;

  private final byte[] payload;
  private int at;

  HeaderReader(byte[] payload) {
    this.payload = payload;
  }

  /** The next byte. */
  int next(String part) {
    if (at >= payload.length) {
      throw new SerializationException(
          "envelope ends after " + payload.length + " bytes, in its " + part, null);
    }
    return Byte.toUnsignedInt(payload[at++]);
  }

  /** A varint from 1 to 2^31 - 1. */
  int number(String part) {
    long value = 0;
    int last = 0x80;
    for (int i = 0; i < LONGEST_VARINT && (last & 0x80) != 0; i++) {
      last = next(part);
      value |= (long) (last & 0x7F) << (7 * i);
    }
    if ((last & 0x80) != 0) {
      throw new SerializationException(
          "envelope's " + part + " is longer than " + LONGEST_VARINT + " bytes", null);
    }
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new SerializationException(
          "envelope's " + part + " is " + value + "; allowed is 1 to " + Integer.MAX_VALUE, null);
    }
    return (int) value;
  }

  /** The name of a codec. */
  String name() {
    int length = next("codec name");
    if (length > payload.length - at) {
      throw new SerializationException(
          "envelope ends after " + payload.length + " bytes, in its codec name", null);
    }
    String name = new String(payload, at, length, StandardCharsets.ISO_8859_1);
    at += length;
    return Header.checkName(name);
  }

  /** Four bytes. */
  long keyId() {
    long id = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      id = (id << Byte.SIZE) | next("key id");
    }
    return id;
  }
}
