package io.stowage.adapter.redis.common;

import io.stowage.api.Version;
import io.stowage.spi.StoredRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record: a magic byte, 8 bytes of version (big-endian), 4 bytes of checksum, and
 * the payload. The checksum is CRC-32C over the id in UTF-8, the version and the payload, so it
 * tells a flipped bit as well as a value that was copied to another key.
 *
 * <p>A value whose checksum is wrong, or that is too short for one, is damaged. One without the
 * magic byte was not written by this library, or was damaged there: it reads as a damaged record of
 * version 0 whose payload is the whole value, in every command alike: no index entry matches it,
 * any save replaces it and it can be removed. An empty value reads as no record.
 */
final class RecordFormat {

  static final byte MAGIC = (byte) 0xB5;
  static final int VERSION_BYTES = Long.BYTES;

  /** Up to here the scripts read a record's value for its version. */
  static final int VERSION_END = 1 + VERSION_BYTES;

  static final int HEADER_BYTES = VERSION_END + Integer.BYTES;

  private static final Version FOREIGN = new Version(0);

  private RecordFormat() {}

  static byte[] encode(String id, Version version, byte[] payload) {
    byte[] value = new byte[HEADER_BYTES + payload.length];
    value[0] = MAGIC;
    System.arraycopy(payload, 0, value, HEADER_BYTES, payload.length);
    ByteBuffer buffer = ByteBuffer.wrap(value);
    buffer.putLong(1, version.bits());
    buffer.putInt(VERSION_END, checksum(id, value));
    return value;
  }

  /** Of a value with a whole header. */
  private static int checksum(String id, byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(Bytes.utf8(id));
    crc.update(value, 1, VERSION_BYTES);
    crc.update(value, HEADER_BYTES, value.length - HEADER_BYTES);
    return (int) crc.getValue();
  }

  /** The record in a value; null if it is empty. */
  static @Nullable StoredRecord decode(String id, byte[] value) {
    Version version = version(value);
    if (version == null) {
      return null;
    }
    if (version.equals(FOREIGN)) {
      return new StoredRecord(version, value, "it has no record header");
    }
    if (value.length < HEADER_BYTES) {
      return new StoredRecord(version, Bytes.EMPTY, "it ends within its record header");
    }
    byte[] payload = Arrays.copyOfRange(value, HEADER_BYTES, value.length);
    boolean isWhole = ByteBuffer.wrap(value).getInt(VERSION_END) == checksum(id, value);
    return new StoredRecord(version, payload, isWhole ? null : "its checksum is wrong");
  }

  /** The version of a value of which at least the beginning is given; null if it is empty. */
  static @Nullable Version version(byte[] value) {
    if (value.length == 0) {
      return null;
    }
    return value.length >= VERSION_END && value[0] == MAGIC ? versionAt(value, 1) : FOREIGN;
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
}
