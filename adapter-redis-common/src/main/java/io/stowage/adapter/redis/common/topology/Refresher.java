package io.stowage.adapter.redis.common.topology;

import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at a topology again, on a thread of its own: periodically, and soon after it was asked to.
 * One look at a time, and some time between two.
 */
final class Refresher implements AutoCloseable {

  private static final System.Logger logger = System.getLogger(Refresher.class.getName());
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Runnable look;
  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean requested = new AtomicBoolean();
  private volatile long lastEnd = System.nanoTime();

  /**
   * @param look looks; may throw an {@link AdapterException}, after which what was known stays
   */
  Refresher(Runnable look, Duration period) {
    this.look = look;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread daemon = new Thread(task, "stowage-topology");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setRemoveOnCancelPolicy(true);
    long nanos = period.toNanos();
    var unused = thread.scheduleWithFixedDelay(this::run, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Looks again soon. Many requests at a time cause one look. */
  void request() {
    if (!requested.compareAndSet(false, true)) {
      return;
    }
    long delay = Math.max(0, BETWEEN_NANOS - (System.nanoTime() - lastEnd));
    try {
      var unused = thread.schedule(this::run, delay, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      logger.log(System.Logger.Level.TRACE, "not looking again after closing", e);
    }
  }

  private void run() {
    requested.set(false);
    try {
      look.run();
    } catch (AdapterException e) {
      logger.log(System.Logger.Level.DEBUG, "what is known of the topology stays", e);
    } catch (RuntimeException | Error e) {
      // What is thrown here would end the periodic looks for good.
      logger.log(System.Logger.Level.WARNING, "looking at the topology failed", e);
    } finally {
      lastEnd = System.nanoTime();
    }
  }

  /** Ends the thread, and waits a moment for it, so that it connects nowhere afterwards. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
        logger.log(System.Logger.Level.DEBUG, "a look at the topology outlives its closing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
