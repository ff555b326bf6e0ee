package io.stowage.adapter.redis.common;

import java.nio.charset.StandardCharsets;

/** How texts and numbers are written in commands. */
final class Bytes {

  /** Whole numbers below this are written without a fraction; all of them are exact. */
  private static final double EXACT_INTEGERS = 1L << 53;

  static final byte[] EMPTY = new byte[0];

  private Bytes() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] decimal(long number) {
    return ascii(Long.toString(number));
  }

  /** A double as Redis reads it, so that it comes back as the same double. */
  static byte[] score(double score) {
    if (Double.isInfinite(score)) {
      return ascii(score > 0 ? "inf" : "-inf");
    }
    if (Math.abs(score) < EXACT_INTEGERS && score == Math.rint(score)) {
      return decimal((long) score);
    }
    return ascii(Double.toString(score));
  }
}
