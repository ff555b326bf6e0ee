package io.stowage.adapter.memory;

import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * Keeps atomic batches apart from everything else: writes of one item pass together, a batch passes
 * alone, and what is read while a batch passes is read again. Safe for use by many threads.
 */
final class BatchGate {

  private final StampedLock lock = new StampedLock();

  /** Reads what no batch changes meanwhile; the work may run twice. */
  <T> T read(Supplier<T> work) {
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0) {
      T result = work.get();
      if (lock.validate(stamp)) {
        return result;
      }
    }
    return write(work);
  }

  /** Writes items that are each atomic by themselves. Must not be called within itself. */
  <T> T write(Supplier<T> work) {
    long stamp = lock.readLock();
    try {
      return work.get();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Does what nobody may see the middle of, and what must not see the middle of a write. */
  <T> T writeAlone(Supplier<T> work) {
    long stamp = lock.writeLock();
    try {
      return work.get();
    } finally {
      lock.unlockWrite(stamp);
    }
  }
}
