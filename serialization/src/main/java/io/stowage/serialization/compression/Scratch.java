package io.stowage.serialization.compression;

/** Buffers for results whose size is not known beforehand. Safe for use by many threads. */
public final class Scratch {

  /** Buffers of more bytes than this are not kept. */
  static final int LARGEST_KEPT = 1 << 20;

  private static final int SMALLEST = 4096;

  private final Pool<byte[]> pool = new Pool<>();

  /** A buffer of at least this many bytes, with anything in it. */
  public byte[] take(int atLeast) {
    byte[] kept = pool.take();
    if (kept != null && kept.length >= atLeast) {
      return kept;
    }
    if (atLeast > LARGEST_KEPT) {
      if (kept != null) {
        give(kept);
      }
      return new byte[atLeast];
    }
    return new byte[Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, atLeast - 1)) << 1)];
  }

  /** Takes a buffer back; the caller uses it no more. */
  public void give(byte[] buffer) {
    if (buffer.length <= LARGEST_KEPT) {
      pool.give(buffer);
    }
  }
}
