package io.stowage.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The decimals that numbers stand for. Numbers of types that are not known have none: what their
 * methods answer may be a part of what they mean. Nor have those that are too large to compute
 * with, which their size tells before anything is computed.
 */
final class Decimals {

  /** As many as numbers of 10,000 digits have; what compares or writes more takes too long. */
  static final int MAX_BITS = 33_000;

  /** The most digits between a number's last one and its point. */
  static final int MAX_SCALE = 1_000_000_000;

  private Decimals() {}

  /** The number as a decimal; null if it is not finite, of an unknown type, or too large. */
  static @Nullable BigDecimal of(Number number) {
    if (isTooLarge(number)) {
      return null;
    }
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (number instanceof Float) {
      return Float.isFinite(number.floatValue()) ? new BigDecimal(number.toString()) : null;
    }
    if (isFraction(number)) {
      double value = number.doubleValue();
      return Double.isFinite(value) ? new BigDecimal(Double.toString(value)) : null;
    }
    return isWhole(number) ? BigDecimal.valueOf(number.longValue()) : null;
  }

  private static boolean isFraction(Number number) {
    return number instanceof Double
        || number instanceof DoubleAdder
        || number instanceof DoubleAccumulator;
  }

  private static boolean isWhole(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte
        || number instanceof AtomicLong
        || number instanceof AtomicInteger
        || number instanceof LongAdder
        || number instanceof LongAccumulator;
  }

  /** Whether arithmetic with the number could take longer than anybody waits. */
  static boolean isTooLarge(Object value) {
    if (value instanceof BigInteger integer) {
      return integer.bitLength() > MAX_BITS;
    }
    return value instanceof BigDecimal decimal
        && (isTooFar(decimal) || isTooLarge(decimal.unscaledValue()));
  }

  /** Whether the last digit is so far from the point that arithmetic cannot express it. */
  static boolean isTooFar(BigDecimal decimal) {
    return Math.abs((long) decimal.scale()) > MAX_SCALE;
  }

  /** What a message says of a value: not all digits of a number that is too large. */
  static String shown(Object value) {
    if (!isTooLarge(value)) {
      return "'" + value + "'";
    }
    return value instanceof BigDecimal decimal
        ? "a decimal of %d bits with the scale %d"
            .formatted(decimal.unscaledValue().bitLength(), decimal.scale())
        : "a whole number of %d bits".formatted(((BigInteger) value).bitLength());
  }
}
