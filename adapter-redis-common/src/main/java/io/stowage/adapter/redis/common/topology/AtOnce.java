package io.stowage.adapter.redis.common.topology;

import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs a few tasks that wait for servers, all at the same time. */
public final class AtOnce {

  private AtOnce() {}

  /**
   * Runs each task on a thread of its own and awaits all of them.
   *
   * @throws AdapterException if a task threw it, or if the calling thread was interrupted
   */
  public static void run(List<Runnable> tasks) {
    List<FutureTask<Void>> started = new ArrayList<>();
    for (Runnable task : tasks) {
      FutureTask<Void> future = new FutureTask<>(task, null);
      Thread thread = new Thread(future, "stowage-connect");
      thread.setDaemon(true);
      thread.start();
      started.add(future);
    }
    for (FutureTask<Void> task : started) {
      await(task);
    }
  }

  private static void await(FutureTask<Void> task) {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdapterException.unavailable("interrupted while connecting", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("connecting failed", e);
    }
  }
}
