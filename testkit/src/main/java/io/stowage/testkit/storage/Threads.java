package io.stowage.testkit.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/** Runs a task in several threads that start together. */
final class Threads {

  /**
   * Longer than a task that waits as long as a test's patience lasts, and far above what the others
   * need, even if many tests run beside each other on a busy machine.
   */
  private static final long DEADLINE_SECONDS = 300;

  /** Between two rounds of load that goes on for as long as something else does. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

  private Threads() {}

  /** Leaves the processor to what the load is there to disturb. */
  static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  static void run(int threads, IntConsumer task) {
    call(
        threads,
        thread -> {
          task.accept(thread);
          return thread;
        });
  }

  /**
   * The answers by the threads' numbers; the first failure of a thread is the failure of the call.
   */
  static <R> List<R> call(int threads, IntFunction<R> task) {
    CountDownLatch start = new CountDownLatch(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<R>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        futures.add(
            executor.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return task.apply(thread);
                }));
      }
      List<R> answers = new ArrayList<>();
      for (Future<R> future : futures) {
        answers.add(future.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
      }
      return answers;
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError("a thread failed: " + failure, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while threads were at work", interruption);
    } finally {
      executor.shutdownNow();
    }
  }
}
