package io.stowage.adapter.redis.common.topology;

import java.time.Duration;

/** By when one call must be answered, round trips for redirections included. For one thread. */
public final class Deadline {

  private final Duration length;
  private long end;

  private Deadline(Duration length) {
    this.length = length;
    this.end = System.nanoTime() + length.toNanos();
  }

  /** A deadline that begins now. */
  public static Deadline in(Duration length) {
    return new Deadline(length);
  }

  /** How long the call may take without connecting, for messages. */
  public Duration length() {
    return length;
  }

  /** The nanoseconds that are left; not positive when it is over. */
  public long left() {
    return end - System.nanoTime();
  }

  /**
   * Whether another round trip is worth a try after a pause: a tenth of the whole time must be left
   * for it. What is sent later is likely to be lost, and would make uncertain what is certain yet.
   */
  boolean allowsAnother(long pauseNanos) {
    return left() - pauseNanos > length.toNanos() / 10;
  }

  /** Adds time that does not count, because it has a limit of its own. */
  public void extend(long nanos) {
    end += nanos;
  }
}
