package io.stowage.spi;

import io.stowage.api.Ttl;
import java.time.Duration;
import java.time.Instant;

/**
 * When a record expires.
 *
 * @param kind whether it does, and how {@code millis} counts
 * @param millis milliseconds from the moment at which the backend applies the write, or since 1970
 */
public record Expiry(Kind kind, long millis) {

  /** How the milliseconds of an expiry count. */
  public enum Kind {
    /** The record does not expire. */
    NEVER,
    /** It expires some time after the write. */
    AFTER,
    /** It expires at a moment. */
    AT,
    /** It expires when the record in its place would have. */
    KEEP,
    /** As {@link #AFTER}, unless the record in its place would expire later. */
    EXTEND
  }

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private static final Expiry NEVER = new Expiry(Kind.NEVER, 0);
  private static final Expiry KEEP = new Expiry(Kind.KEEP, 0);

  public static Expiry never() {
    return NEVER;
  }

  /**
   * A time after the write, by the backend's clock.
   *
   * @throws IllegalArgumentException unless {@code duration} is 1 ms to {@link Ttl#MAX}
   */
  public static Expiry after(Duration duration) {
    return new Expiry(Kind.AFTER, Ttl.checked(duration).toMillis());
  }

  /**
   * The expiry that the stored record has when the write is applied; never, if it does not expire
   * or none is stored.
   */
  public static Expiry keep() {
    return KEEP;
  }

  /**
   * The expiry that the stored record has when the write is applied, if it is later than a time
   * after the write; else that time after the write, also if the record does not expire or none is
   * stored.
   *
   * @throws IllegalArgumentException unless {@code duration} is 1 ms to {@link Ttl#MAX}
   */
  public static Expiry extend(Duration duration) {
    return new Expiry(Kind.EXTEND, Ttl.checked(duration).toMillis());
  }

  /**
   * A moment by the backend's clock, rounded down to milliseconds. It may be past.
   *
   * @throws IllegalArgumentException unless {@code moment} lies in the years 1970 to 9999
   */
  public static Expiry at(Instant moment) {
    if (moment.isBefore(Instant.EPOCH) || moment.isAfter(LATEST)) {
      throw new IllegalArgumentException(
          "expiry is " + moment + "; allowed is " + Instant.EPOCH + " to " + LATEST);
    }
    return new Expiry(Kind.AT, moment.toEpochMilli());
  }
}
