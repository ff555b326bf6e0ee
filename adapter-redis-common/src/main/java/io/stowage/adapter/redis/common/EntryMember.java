package io.stowage.adapter.redis.common;

import io.stowage.api.Version;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EntryRef;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The member of a sorted set that stands for an index entry: the id in UTF-8, a zero byte, and 8
 * bytes of version (big-endian). A zero byte within the id is followed by {@code FF}. So the
 * server, which orders equal scores by the bytes of the members, orders them as {@link EntryRef}
 * does.
 */
final class EntryMember {

  private static final int TAIL_BYTES = 1 + RecordFormat.VERSION_BYTES;
  private static final byte ESCAPE = (byte) 0xFF;

  private EntryMember() {}

  static byte[] encode(String id, Version version) {
    byte[] name = id.indexOf(0) < 0 ? Bytes.utf8(id) : escaped(id);
    ByteBuffer member = ByteBuffer.allocate(name.length + TAIL_BYTES);
    return member.put(name).put((byte) 0).putLong(version.bits()).array();
  }

  /**
   * Reads a member.
   *
   * @throws AdapterException if it is no index entry
   */
  static EntryRef decode(byte[] member, double score) {
    int end = member.length - TAIL_BYTES;
    if (end < 0 || member[end] != 0) {
      throw AdapterException.refused(
          "an index holds a member of " + member.length + " bytes that is no index entry", null);
    }
    Version version = RecordFormat.versionAt(member, end + 1);
    return new EntryRef(id(member, end), version, score);
  }

  private static byte[] escaped(String id) {
    byte[] plain = Bytes.utf8(id);
    ByteBuffer escaped = ByteBuffer.allocate(2 * plain.length);
    for (byte b : plain) {
      escaped.put(b);
      if (b == 0) {
        escaped.put(ESCAPE);
      }
    }
    byte[] bytes = new byte[escaped.position()];
    escaped.get(0, bytes);
    return bytes;
  }

  private static String id(byte[] member, int end) {
    for (int i = 0; i < end; i++) {
      if (member[i] == 0) {
        return unescaped(member, end);
      }
    }
    return new String(member, 0, end, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] member, int end) {
    byte[] plain = new byte[end];
    int length = 0;
    for (int i = 0; i < end; i++) {
      plain[length++] = member[i];
      if (member[i] == 0) {
        i++;
      }
    }
    return new String(plain, 0, length, StandardCharsets.UTF_8);
  }
}
