package io.stowage.system.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long this machine stood still, as a thread sees it that wants to run every few milliseconds:
 * what takes longer than it may is only late if it is later than this.
 */
public final class Pauses implements AutoCloseable {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicLong total = new AtomicLong();
  private final Thread watchdog = new Thread(this::watch, "pauses");
  private volatile boolean isOver;

  /** Watches from now on. */
  public Pauses() {
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private void watch() {
    long last = System.nanoTime();
    while (!isOver) {
      LockSupport.parkNanos(TICK_NANOS);
      long now = System.nanoTime();
      if (now - last > USUAL_NANOS) {
        total.addAndGet(now - last);
      }
      last = now;
    }
  }

  /** All pauses so far together. */
  public Duration total() {
    return Duration.ofNanos(total.get());
  }

  @Override
  public void close() {
    isOver = true;
  }
}
