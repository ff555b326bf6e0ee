package io.stowage.core.maintenance;

import io.stowage.spi.AdapterException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits on behalf of long work, and notices in between that the thread was interrupted or the
 * platform closed. Used by one thread.
 */
final class Pace {

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final BooleanSupplier isClosed;

  Pace(BooleanSupplier isClosed) {
    this.isClosed = isClosed;
  }

  /**
   * Fails if the work must not go on.
   *
   * @throws AdapterException if the thread was interrupted; it stays so
   * @throws IllegalStateException if the platform was closed
   */
  void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw AdapterException.unavailable("interrupted", null);
    }
    if (isClosed.getAsBoolean()) {
      throw new IllegalStateException("the platform is closed");
    }
  }

  /** Waits until a moment of the monotonic clock; throws as {@link #check()} does. */
  void waitUntil(long nanoTime) {
    check();
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(this, Math.min(left, SLICE_NANOS));
      check();
      left = nanoTime - System.nanoTime();
    }
  }
}
