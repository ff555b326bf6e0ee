package io.stowage.core.item;

import io.stowage.api.FieldValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the moment at which an item expires by its own account. */
final class ItemExpiry {

  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(253_402_300_799L);
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

  /** No moment has more digits on either side of the point; arithmetic writes all of them out. */
  private static final int MAX_DIGITS = 1_000;

  private ItemExpiry() {}

  /**
   * The moment, or null if the item does not say.
   *
   * @throws IllegalArgumentException if it is neither seconds since 1970 nor a moment, is after the
   *     year 9999, or has more digits than a moment has
   */
  static @Nullable Instant parse(@Nullable Object expiresAt) {
    if (expiresAt == null) {
      return null;
    }
    FieldValue value = FieldValue.of(expiresAt).orElse(null);
    if (value != null && value.value() instanceof BigDecimal seconds && isInRange(seconds)) {
      return Instant.ofEpochMilli(
          seconds.multiply(MILLIS).setScale(0, RoundingMode.FLOOR).longValueExact());
    }
    if (value != null && value.value() instanceof Instant moment && isInRange(moment)) {
      return moment;
    }
    throw new IllegalArgumentException(
        "expires_at is "
            + (value == null ? shown(expiresAt) : "'" + expiresAt + "'")
            + "; allowed are seconds since 1970 from 0 to "
            + MAX_SECONDS
            + " (the year 9999) with at most "
            + MAX_DIGITS
            + " digits after the point, or an ISO-8601 moment such as 2030-01-31T12:00:00Z");
  }

  /** Not all digits of a number that has no value because it has too many. */
  private static String shown(Object none) {
    return none instanceof BigInteger || none instanceof BigDecimal
        ? "too large, of type " + none.getClass().getName()
        : "'" + none + "'";
  }

  private static boolean isInRange(BigDecimal seconds) {
    return Math.abs((long) seconds.scale()) <= MAX_DIGITS
        && seconds.signum() >= 0
        && seconds.compareTo(MAX_SECONDS) <= 0;
  }

  private static boolean isInRange(Instant moment) {
    return !moment.isBefore(Instant.EPOCH)
        && !moment.isAfter(Instant.ofEpochSecond(MAX_SECONDS.longValueExact()));
  }
}
