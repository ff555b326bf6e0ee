package io.stowage.api;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The TTL strategy of a store: how long an item lives that does not bring its own {@code
 * expires_at}.
 */
public final class Ttl {

  /** The longest TTL: a hundred years. */
  public static final Duration MAX = Duration.ofDays(36_525);

  private static final Ttl NONE = new Ttl("none", null);

  private final String policy;
  private final @Nullable Duration duration;

  private Ttl(String policy, @Nullable Duration duration) {
    this.policy = policy;
    this.duration = duration;
  }

  /** Items do not expire. */
  public static Ttl none() {
    return NONE;
  }

  /**
   * Items expire at a fixed time after they were last saved. An update does not save an item anew.
   *
   * @throws IllegalArgumentException unless {@code duration} is 1 ms to {@link #MAX}
   */
  public static Ttl absolute(Duration duration) {
    return new Ttl("absolute", checked(duration));
  }

  /**
   * Items expire when they were neither saved nor read nor updated for a time. A read never
   * shortens the life of an item that was touched to live longer.
   *
   * @throws IllegalArgumentException unless {@code duration} is 1 ms to {@link #MAX}
   */
  public static Ttl sliding(Duration duration) {
    return new Ttl("sliding", checked(duration));
  }

  /** The strategy of a {@code TtlPolicy} of the embedder's own, found by this name. */
  public static Ttl named(String policy) {
    return new Ttl(policy, null);
  }

  /**
   * Checks a TTL and answers it.
   *
   * @throws IllegalArgumentException unless {@code duration} is 1 ms to {@link #MAX}
   */
  public static Duration checked(Duration duration) {
    if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "TTL is " + duration + "; allowed is PT0.001S (1 ms) to " + MAX + " (100 years)");
    }
    return duration;
  }

  /** The strategy's name: {@code none}, {@code absolute}, {@code sliding}, or the embedder's. */
  public String policy() {
    return policy;
  }

  /** The duration of an absolute or sliding TTL. */
  public Optional<Duration> duration() {
    return Optional.ofNullable(duration);
  }

  @Override
  public String toString() {
    return duration == null ? policy : policy + " " + duration;
  }
}
