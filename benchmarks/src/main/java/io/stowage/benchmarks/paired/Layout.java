package io.stowage.benchmarks.paired;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Keys, records and index entries as docs/format.md lays them down, for values that need no
 * escapes.
 */
final class Layout {

  static final String STORE = "messages";
  static final Duration TTL = Duration.ofHours(1);
  static final String SESSION = "session_id";

  /** The exact indexes of a store of documents. */
  static final List<String> INDEXES = List.of(SESSION, "thread_id", "type");

  static final String ITEM_PREFIX = "stowage:" + STORE + ":item:";
  static final String INDEX_PREFIX = "stowage:" + STORE + ":idx:";
  static final String META = "stowage:" + STORE + ":meta";

  static final int HEADER_BYTES = 13;

  /** How many bits of a version are random. */
  static final int RANDOM_BITS = 12;

  private static final byte MAGIC = (byte) 0xB5;
  private static final int CHECKSUM_AT = 9;
  private static final int MEMBER_TAIL = 9;

  /** The id and the version in the member of an index entry. */
  record Entry(String id, long version) {}

  private Layout() {}

  static byte[] itemKey(String id) {
    return utf8(ITEM_PREFIX + id);
  }

  static byte[] indexKey(String index, String value) {
    return utf8(INDEX_PREFIX + index + ":" + value);
  }

  static byte[] record(byte[] id, long version, byte[] payload) {
    byte[] record = new byte[HEADER_BYTES + payload.length];
    System.arraycopy(payload, 0, record, HEADER_BYTES, payload.length);
    ByteBuffer buffer = ByteBuffer.wrap(record);
    buffer.put(0, MAGIC).putLong(1, version);
    buffer.putInt(CHECKSUM_AT, checksum(id, record));
    return record;
  }

  /** Whether a value is a record whose checksum is right. */
  static boolean isWhole(byte[] id, byte[] record) {
    return record.length > HEADER_BYTES
        && record[0] == MAGIC
        && ByteBuffer.wrap(record).getInt(CHECKSUM_AT) == checksum(id, record);
  }

  private static int checksum(byte[] id, byte[] record) {
    CRC32C crc = new CRC32C();
    crc.update(id);
    crc.update(record, 1, Long.BYTES);
    crc.update(record, HEADER_BYTES, record.length - HEADER_BYTES);
    return (int) crc.getValue();
  }

  static long version(byte[] record) {
    return ByteBuffer.wrap(record).getLong(1);
  }

  static byte[] member(byte[] id, long version) {
    return ByteBuffer.allocate(id.length + MEMBER_TAIL)
        .put(id)
        .put((byte) 0)
        .putLong(version)
        .array();
  }

  static Entry entry(byte[] member) {
    int end = member.length - MEMBER_TAIL;
    String id = new String(member, 0, end, StandardCharsets.UTF_8);
    return new Entry(id, ByteBuffer.wrap(member).getLong(end + 1));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
