package io.stowage.system.kit.port;

import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where threads that checked something, and did not act on it yet, wait for each other. What is
 * wrong with checking first and acting then shows whatever the scheduler does: nobody acts before
 * two have checked. For use by one race.
 */
final class Meeting {

  private static final long FIRST_MILLIS = 5_000;
  private static final long LATER_MILLIS = 10;

  private final Exchanger<String> place = new Exchanger<>();
  private volatile boolean hasBeen;

  /** Waits for one other thread: long for the first meeting, then no longer than costs little. */
  void await() {
    try {
      place.exchange("checked", hasBeen ? LATER_MILLIS : FIRST_MILLIS, TimeUnit.MILLISECONDS);
      hasBeen = true;
    } catch (TimeoutException alone) {
      hasBeen = true; // Nobody else is checking: the next one need not wait as long.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
