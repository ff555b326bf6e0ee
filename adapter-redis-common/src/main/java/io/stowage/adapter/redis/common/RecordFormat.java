package io.stowage.adapter.redis.common;

import io.stowage.api.Version;
import io.stowage.spi.StoredRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record: a magic byte, 8 bytes of version (big-endian), and the payload.
 *
 * <p>A value without this header was not written by this library, or was damaged. It reads as a
 * record of version 0 whose payload is the whole value, in every command alike: no index entry
 * matches it, the codec judges its content, any save replaces it and it can be removed. An empty
 * value reads as no record.
 */
final class RecordFormat {

  static final byte MAGIC = (byte) 0xB5;
  static final int VERSION_BYTES = Long.BYTES;
  static final int HEADER_BYTES = 1 + VERSION_BYTES;

  private static final Version FOREIGN = new Version(0);

  private RecordFormat() {}

  static byte[] encode(Version version, byte[] payload) {
    byte[] value = new byte[HEADER_BYTES + payload.length];
    value[0] = MAGIC;
    ByteBuffer.wrap(value).putLong(1, version.bits());
    System.arraycopy(payload, 0, value, HEADER_BYTES, payload.length);
    return value;
  }

  /** The record in a value; null if it is empty. */
  static @Nullable StoredRecord decode(byte[] value) {
    Version version = version(value);
    return version == null ? null : new StoredRecord(version, payload(value));
  }

  /** The version of a value of which at least the header is given; null if it is empty. */
  static @Nullable Version version(byte[] value) {
    if (value.length == 0) {
      return null;
    }
    return hasHeader(value) ? versionAt(value, 1) : FOREIGN;
  }

  static byte[] payload(byte[] value) {
    return hasHeader(value) ? Arrays.copyOfRange(value, HEADER_BYTES, value.length) : value;
  }

  static byte[] versionBytes(Version version) {
    return ByteBuffer.allocate(VERSION_BYTES).putLong(version.bits()).array();
  }

  /** How scripts take the version that a record must have; empty if it may have any. */
  static byte[] expected(@Nullable Version version) {
    return version == null ? Bytes.EMPTY : versionBytes(version);
  }

  static Version versionAt(byte[] bytes, int offset) {
    return new Version(ByteBuffer.wrap(bytes).getLong(offset));
  }

  private static boolean hasHeader(byte[] value) {
    return value.length >= HEADER_BYTES && value[0] == MAGIC;
  }
}
