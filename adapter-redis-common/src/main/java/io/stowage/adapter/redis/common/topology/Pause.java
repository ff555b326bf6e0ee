package io.stowage.adapter.redis.common.topology;

import java.util.concurrent.TimeUnit;

/** The pause before something that failed, and changed nothing, is tried again. */
final class Pause {

  private static final long SHORTEST_MILLIS = 5;
  private static final int LONGEST_FACTOR = 16;

  private Pause() {}

  /**
   * Waits: 5 ms at first, at last 80 ms.
   *
   * @param tries how often it was tried before this time
   * @return false if there is not enough time left, at once where that is clear before, or if the
   *     thread is interrupted
   */
  static boolean before(int tries, Deadline deadline) {
    long factor = Math.min(1L << Math.min(tries, 30), LONGEST_FACTOR);
    long pause = TimeUnit.MILLISECONDS.toNanos(SHORTEST_MILLIS * factor);
    if (!deadline.allowsAnother(pause)) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(pause);
      return deadline.allowsAnother(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
