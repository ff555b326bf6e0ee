package io.stowage.adapter.redis.common.topology;

/** The slots of a Cluster, and which one a key is in. */
final class Slots {

  static final int COUNT = 16_384;

  /** The table of the CRC-16 of XMODEM: polynomial 0x1021, beginning with 0. */
  private static final char[] CRC16 = table();

  private Slots() {}

  /** The slot of a key: of what stands in its first pair of braces, if that is not empty. */
  static int of(byte[] key) {
    int from = 0;
    int to = key.length;
    int open = indexOf(key, '{', 0);
    if (open >= 0) {
      int close = indexOf(key, '}', open + 1);
      if (close > open + 1) {
        from = open + 1;
        to = close;
      }
    }
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = (crc << 8 ^ CRC16[(crc >>> 8 ^ key[i]) & 0xFF]) & 0xFFFF;
    }
    return crc % COUNT;
  }

  private static int indexOf(byte[] key, char wanted, int from) {
    for (int i = from; i < key.length; i++) {
      if (key[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static char[] table() {
    char[] table = new char[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
      }
      table[i] = (char) crc;
    }
    return table;
  }
}
