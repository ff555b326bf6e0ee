package io.stowage.adapter.redis.jedis;

import io.stowage.spi.AdapterException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts connections at their deadline. A write to a socket knows no time-out, so a batch that may
 * not fit into the socket's buffers is watched by another thread.
 */
final class Watchdog implements AutoCloseable {

  private static final System.Logger logger = System.getLogger(Watchdog.class.getName());

  private final ScheduledThreadPoolExecutor timer;

  Watchdog() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "stowage-jedis-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  /** Cuts a connection after a time, unless the answer is cancelled before. */
  Future<?> cutAfter(long nanos, PipelineConnection connection) {
    try {
      return timer.schedule(() -> cut(connection), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw AdapterException.unavailable("the Redis adapter is being closed", e);
    }
  }

  private static void cut(PipelineConnection connection) {
    try {
      connection.drop();
    } catch (RuntimeException | Error e) {
      // Nobody asks for what is thrown here.
      logger.log(System.Logger.Level.WARNING, "a connection was not cut at its deadline", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
