package io.stowage.api;

import java.util.Locale;

/**
 * How a store compresses what it writes. Items that were written otherwise stay readable, and are
 * compressed anew when they are saved the next time. Immutable.
 *
 * <p>An item is stored compressed only if that makes it smaller, whatever the threshold.
 *
 * @param algorithm the algorithm
 * @param level how hard it tries; 0 where the algorithm has no levels
 * @param threshold encoded items of fewer bytes than this are stored as they are: 0 to 1 MiB
 */
public record Compression(Algorithm algorithm, int level, int threshold) {

  /** The threshold if none is given, in bytes. */
  public static final int DEFAULT_THRESHOLD = 64;

  private static final Compression NONE = new Compression(Algorithm.NONE, 0, 0);

  /** The algorithms; which of them this process has depends on the libraries on its class path. */
  public enum Algorithm {
    /** Nothing is compressed. */
    NONE(0, 0),
    /** DEFLATE in a gzip frame (RFC 1952), levels 1 to 9; always there. */
    GZIP(1, 9),
    /**
     * Zstandard (RFC 8878), levels 1 to 19, with the dictionary of the store if one was trained;
     * needs zstd-jni.
     */
    ZSTD(1, 19),
    /** An LZ4 block; needs lz4-java. */
    LZ4(0, 0);

    private final int lowest;
    private final int highest;

    Algorithm(int lowest, int highest) {
      this.lowest = lowest;
      this.highest = highest;
    }

    /** The algorithm's name in settings and reports: lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Compression {
    Limits.check("level of " + algorithm.label(), level, algorithm.lowest, algorithm.highest);
    Limits.check("threshold", threshold, 0, 1 << 20);
  }

  /** Nothing is compressed. */
  public static Compression none() {
    return NONE;
  }

  /** gzip at level 6. */
  public static Compression gzip() {
    return gzip(6);
  }

  /**
   * gzip.
   *
   * @param level 1 to 9
   */
  public static Compression gzip(int level) {
    return new Compression(Algorithm.GZIP, level, DEFAULT_THRESHOLD);
  }

  /** Zstandard at level 3. */
  public static Compression zstd() {
    return zstd(3);
  }

  /**
   * Zstandard.
   *
   * @param level 1 to 19
   */
  public static Compression zstd(int level) {
    return new Compression(Algorithm.ZSTD, level, DEFAULT_THRESHOLD);
  }

  /** LZ4. */
  public static Compression lz4() {
    return new Compression(Algorithm.LZ4, 0, DEFAULT_THRESHOLD);
  }

  /**
   * The same with another threshold.
   *
   * @param bytes 0 to 1 MiB
   */
  public Compression withThreshold(int bytes) {
    return new Compression(algorithm, level, bytes);
  }
}
