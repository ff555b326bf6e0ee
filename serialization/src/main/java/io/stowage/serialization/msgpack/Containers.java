package io.stowage.serialization.msgpack;

import java.util.Arrays;

/**
 * The arrays and maps of an item that is being written. MessagePack wants their sizes before their
 * contents, and Jackson tells them afterwards: so contents are packed without headers, and these
 * are put between when all is known.
 */
final class Containers {

  private static final int FIXED_LIMIT = 1 << 4;
  private static final int SHORT_LIMIT = 1 << 16;

  private int[] positions = new int[16];
  private int[] sizes = new int[16];
  private int[] parents = new int[16];
  private boolean[] maps = new boolean[16];
  private int count;
  private int open = -1;

  void begin(boolean isMap, long position) {
    if (count == positions.length) {
      positions = Arrays.copyOf(positions, count * 2);
      sizes = Arrays.copyOf(sizes, count * 2);
      parents = Arrays.copyOf(parents, count * 2);
      maps = Arrays.copyOf(maps, count * 2);
    }
    positions[count] = Math.toIntExact(position);
    sizes[count] = 0;
    parents[count] = open;
    maps[count] = isMap;
    open = count++;
  }

  /** Counts one more element of the open array, or one more pair of the open map. */
  void grow() {
    if (open >= 0) {
      sizes[open]++;
    }
  }

  void end() {
    open = parents[open];
  }

  void clear() {
    count = 0;
    open = -1;
  }

  int capacity() {
    return positions.length;
  }

  /** The contents with the headers at their places. */
  byte[] join(byte[] contents, int length) {
    int total = length;
    for (int i = 0; i < count; i++) {
      total = Math.addExact(total, headerLength(sizes[i]));
    }
    byte[] joined = new byte[total];
    int from = 0;
    int to = 0;
    for (int i = 0; i < count; i++) {
      int part = positions[i] - from;
      System.arraycopy(contents, from, joined, to, part);
      from += part;
      to = header(joined, to + part, i);
    }
    System.arraycopy(contents, from, joined, to, length - from);
    return joined;
  }

  private static int headerLength(int size) {
    if (size < FIXED_LIMIT) {
      return 1;
    }
    return size < SHORT_LIMIT ? 1 + Short.BYTES : 1 + Integer.BYTES;
  }

  private int header(byte[] bytes, int at, int container) {
    int size = sizes[container];
    boolean isMap = maps[container];
    if (size < FIXED_LIMIT) {
      bytes[at] = (byte) ((isMap ? 0x80 : 0x90) | size);
      return at + 1;
    }
    int next = at;
    bytes[next++] = (byte) ((isMap ? 0xDE : 0xDC) + (size < SHORT_LIMIT ? 0 : 1));
    if (size >= SHORT_LIMIT) {
      bytes[next++] = (byte) (size >>> 24);
      bytes[next++] = (byte) (size >>> 16);
    }
    bytes[next++] = (byte) (size >>> 8);
    bytes[next++] = (byte) size;
    return next;
  }
}
