package io.stowage.cli.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that happens by itself. */
final class Deadline {

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Deadline() {}

  /**
   * Waits until something has happened, and answers how long it took.
   *
   * @throws IllegalStateException if it has not happened within {@code patience}
   */
  static Duration await(String what, Duration patience, BooleanSupplier hasHappened) {
    long begin = System.nanoTime();
    while (!hasHappened.getAsBoolean()) {
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new IllegalStateException(
            "not within " + patience.toSeconds() + " s, as it should: " + what);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
