package io.stowage.adapter.redis.common.topology;

import java.time.Duration;
import java.util.function.Function;

/** By when one call must be answered, round trips for redirections included. For one thread. */
public final class Deadline {

  private final Duration length;
  private long end;
  private long connecting;

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

  /**
   * Gets a connection. The time that this takes has its own limit, and does not count if it
   * succeeds. However many servers a call needs, and however often it is redirected, it is over
   * after its own time and one such limit.
   *
   * @param limit how long it may take
   * @param attempt connects by the deadline that it is given, or throws
   */
  public <T> T connecting(Duration limit, Function<Deadline, T> attempt) {
    long start = System.nanoTime();
    long unspent = limit.toNanos() - connecting;
    long allowed = Math.max(0, Math.min(limit.toNanos(), end - start + unspent));
    T connected = attempt.apply(new Deadline(Duration.ofNanos(allowed)));
    long took = Math.min(unspent, System.nanoTime() - start);
    connecting += took;
    end += took;
    return connected;
  }
}
