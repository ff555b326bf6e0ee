package io.stowage.serialization.json;

import io.stowage.serialization.binding.ItemBinding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import tools.jackson.core.exc.StreamWriteException;

/**
 * Finds lone surrogates in JSON. Jackson writes pairs as UTF-8 and only lone ones as escapes, so
 * nothing but a backslash can begin one.
 */
final class Surrogates {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;
  private static final long BACKSLASHES = '\\' * ONES;
  private static final int STEP = 4 * Long.BYTES;
  private static final int ESCAPE = "\\uD83D".length();

  private Surrogates() {}

  /**
   * Checks that every escaped surrogate is one of a pair.
   *
   * @throws StreamWriteException if one is alone
   */
  static void requirePairs(byte[] json) {
    int at = backslash(json, 0);
    while (at < json.length) {
      int unit = escapedUnit(json, at);
      if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
        at += 2;
      } else if (Character.isHighSurrogate((char) unit)
          && Character.isLowSurrogate((char) escapedUnit(json, at + ESCAPE))) {
        at += 2 * ESCAPE;
      } else {
        throw new StreamWriteException(null, ItemBinding.loneSurrogate(unit));
      }
      at = backslash(json, at);
    }
  }

  /**
   * Where the next backslash is; the length of the JSON if there is none. Up to 32 bytes a step.
   */
  private static int backslash(byte[] json, int from) {
    int at = from;
    while (at <= json.length - STEP
        && (zeros(json, at)
                | zeros(json, at + Long.BYTES)
                | zeros(json, at + 2 * Long.BYTES)
                | zeros(json, at + 3 * Long.BYTES))
            == 0) {
      at += STEP;
    }
    for (; at <= json.length - Long.BYTES; at += Long.BYTES) {
      long zeros = zeros(json, at);
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    while (at < json.length && json[at] != '\\') {
      at++;
    }
    return Math.min(at, json.length);
  }

  /** The highest bit of each of eight bytes that is a backslash; at least of the first of them. */
  private static long zeros(byte[] json, int at) {
    long differences = (long) LONGS.get(json, at) ^ BACKSLASHES;
    return (differences - ONES) & ~differences & HIGHEST_BITS;
  }

  /** The code unit that an escape at this place stands for; 0 if none is there. */
  private static int escapedUnit(byte[] json, int at) {
    if (at + ESCAPE > json.length || json[at] != '\\' || json[at + 1] != 'u') {
      return 0;
    }
    int unit = 0;
    for (int i = at + 2; i < at + ESCAPE; i++) {
      unit = unit << 4 | Character.digit(json[i], 16);
    }
    return unit;
  }
}
