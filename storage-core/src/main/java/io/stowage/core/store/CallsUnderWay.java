package io.stowage.core.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the calls that are under way on one platform, so that its end can wait for them. Safe for
 * use by many threads; a call costs two additions without contention.
 */
public final class CallsUnderWay {

  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongAdder begun = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final AtomicBoolean isClosed = new AtomicBoolean();

  /**
   * Takes note that a call begins; {@link #end} must follow.
   *
   * @return false if none may begin any more; then none has
   */
  boolean begin() {
    begun.increment();
    if (isClosed.get()) {
      ended.increment();
      return false;
    }
    return true;
  }

  void end() {
    ended.increment();
  }

  /** Whether no other call may begin. */
  public boolean isClosed() {
    return isClosed.get();
  }

  /**
   * Lets no other call begin.
   *
   * @return false if that was so before
   */
  public boolean close() {
    return isClosed.compareAndSet(false, true);
  }

  /**
   * Waits until no call is under way, or the time is over, or this thread is interrupted, which it
   * stays.
   *
   * @return whether none is under way
   */
  public boolean awaitEnd(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (isAnyUnderWay()) {
      if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(this, SLICE_NANOS);
    }
    return true;
  }

  /** What ended is summed up first, so that a call that ends meanwhile counts as under way. */
  private boolean isAnyUnderWay() {
    long endedBefore = ended.sum();
    return begun.sum() != endedBefore;
  }
}
