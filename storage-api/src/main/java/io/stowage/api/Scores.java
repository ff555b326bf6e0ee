package io.stowage.api;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * The places of numbers and moments on a scale of doubles.
 *
 * <p>A double that is the nearest of a decimal of at most 15 digits is the place of that decimal
 * alone: no other of these is as near, and longer ones that would be at the same place go to the
 * next double. So most values need no second look, and whoever meets another double knows that
 * different values may be there.
 */
final class Scores {

  private static final MathContext FEW_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  private static final long MICROS = 1_000_000;

  /** Seconds whose microseconds a {@code long} holds. */
  private static final long MAX_SECONDS = Long.MAX_VALUE / MICROS - 1;

  private static final long MAX_EXACT = 1L << 53;

  private Scores() {}

  static double of(BigDecimal number) {
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest)) {
      return Math.copySign(Double.MAX_VALUE, nearest);
    }
    boolean hasFewDigits =
        number.precision() <= FEW_DIGITS.getPrecision() && Math.abs(nearest) >= Double.MIN_NORMAL;
    return hasFewDigits ? nearest : apart(number, nearest);
  }

  /** By its microseconds since 1970; within one of them only where that keeps places apart. */
  static double of(Instant moment) {
    long second = moment.getEpochSecond();
    int nano = moment.getNano();
    if (Math.abs(second) <= MAX_SECONDS) {
      long micros = second * MICROS + nano / 1_000;
      if (nano % 1_000 == 0 && Math.abs(micros) <= MAX_EXACT) {
        return micros;
      }
    }
    BigDecimal micros = BigDecimal.valueOf(second).scaleByPowerOfTen(6);
    BigDecimal whole = micros.add(BigDecimal.valueOf(nano / 1_000));
    return apart(micros.add(BigDecimal.valueOf(nano, 3)), whole.doubleValue());
  }

  private static double apart(BigDecimal exact, double place) {
    if (isShared(place)) {
      return place;
    }
    int side = exact.compareTo(fewDigits(place));
    return side == 0 ? place : side > 0 ? Math.nextUp(place) : Math.nextDown(place);
  }

  /** Whether different values may have this place. */
  static boolean isShared(double place) {
    if (place == 0 || Double.isInfinite(place)) {
      return false;
    }
    return Math.abs(place) < Double.MIN_NORMAL || fewDigits(place).doubleValue() != place;
  }

  private static BigDecimal fewDigits(double place) {
    return new BigDecimal(place).round(FEW_DIGITS);
  }
}
