package io.stowage.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long an item will live: it is absent, lives for ever, or for a remaining time. */
public final class TimeToLive {

  private static final TimeToLive ABSENT = new TimeToLive(false, null);
  private static final TimeToLive UNLIMITED = new TimeToLive(true, null);

  private final boolean present;
  private final @Nullable Duration remaining;

  private TimeToLive(boolean present, @Nullable Duration remaining) {
    this.present = present;
    this.remaining = remaining;
  }

  /** There is no such item. */
  public static TimeToLive absent() {
    return ABSENT;
  }

  /** The item does not expire. */
  public static TimeToLive unlimited() {
    return UNLIMITED;
  }

  /**
   * The item expires after the given time.
   *
   * @throws IllegalArgumentException if {@code remaining} is negative
   */
  public static TimeToLive of(Duration remaining) {
    if (remaining.isNegative()) {
      throw new IllegalArgumentException("remaining is " + remaining + "; allowed is 0 or more");
    }
    return new TimeToLive(true, remaining);
  }

  /** Whether the item exists. */
  public boolean isPresent() {
    return present;
  }

  /** Whether the item exists and does not expire. */
  public boolean isUnlimited() {
    return present && remaining == null;
  }

  /** The time after which the item expires, in whole milliseconds; empty if absent or unlimited. */
  public Optional<Duration> remaining() {
    return Optional.ofNullable(remaining);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TimeToLive that
        && present == that.present
        && java.util.Objects.equals(remaining, that.remaining);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(present, remaining);
  }

  @Override
  public String toString() {
    return remaining != null ? remaining.toString() : present ? "unlimited" : "absent";
  }
}
