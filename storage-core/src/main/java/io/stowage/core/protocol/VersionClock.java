package io.stowage.core.protocol;

import io.stowage.api.Version;
import io.stowage.spi.CommitResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Makes versions: a hybrid logical clock (Kulkarni et al., <em>Logical Physical Clocks</em>, 2014)
 * that never repeats, follows the wall clock, stays above every version it has seen, and is set
 * right by the backend's clock. Safe for use by many threads.
 */
public final class VersionClock {

  /** Half of the shortest grace period that a store may have. */
  private static final long TOLERANCE_MICROS = 5_000;

  private final InstantSource wallClock;
  private final IntSupplier suffixes;
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong correction = new AtomicLong();

  /**
   * A clock.
   *
   * @param wallClock the local time
   * @param suffixes 12 random bits that tell this writer's versions from others'
   */
  public VersionClock(InstantSource wallClock, IntSupplier suffixes) {
    this.wallClock = wallClock;
    this.suffixes = suffixes;
  }

  /** A version above all that this clock made or saw. */
  public Version next() {
    long now = micros();
    long micros = last.updateAndGet(previous -> Math.max(now, previous + 1));
    return Version.of(micros, suffixes.getAsInt());
  }

  /** The time by this clock, in microseconds since 1970, as the backend is thought to see it. */
  public long micros() {
    return localMicros() + correction.get();
  }

  /** Takes note of a stored version: the next version will be above it. */
  public void observe(Version stored) {
    last.accumulateAndGet(stored.micros(), Math::max);
  }

  /** The local time at which the backend is asked for its own: for {@link #synchronize}. */
  public long asked() {
    return localMicros();
  }

  /**
   * Takes note of the backend's time, which was so some time between question and answer. If this
   * clock was more than 5 ms away from it all the while, its time follows the backend's from now
   * on; versions go on growing all the same.
   *
   * @param asked what {@link #asked} answered before
   */
  public void synchronize(long asked, long serverMicros) {
    long current = correction.get();
    long read = localMicros();
    if (serverMicros - (read + current) > TOLERANCE_MICROS) {
      correction.set(serverMicros - read);
    } else if (asked + current - serverMicros > TOLERANCE_MICROS) {
      correction.set(serverMicros - asked);
    }
  }

  /**
   * Takes note of what the answer to a commit tells of the backend's time and of its versions.
   *
   * @param asked what {@link #asked} answered before the commit was sent
   */
  void learn(long asked, CommitResult answer) {
    if (answer.status() == CommitResult.Status.TOO_OLD) {
      catchUp(asked, answer.serverMicros());
    } else {
      synchronize(asked, answer.serverMicros());
    }
    if (answer.status() == CommitResult.Status.NOT_NEWER && answer.stored() != null) {
      observe(answer.stored());
    }
  }

  /**
   * Follows a backend by whose time a version was too old, however little this clock is behind: the
   * next version must not be refused for the same reason.
   */
  private void catchUp(long asked, long serverMicros) {
    correction.accumulateAndGet(serverMicros - asked, Math::max);
  }

  private long localMicros() {
    Instant now = wallClock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
