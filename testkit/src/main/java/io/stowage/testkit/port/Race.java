package io.stowage.testkit.port;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs something in several threads that start together. */
final class Race {

  /** How many threads take part. */
  static final int THREADS = 8;

  /**
   * Far above what eight threads need, even if sixteen tests of eight threads each run beside each
   * other on a busy machine. A race that ends does not wait for it to be over.
   */
  private static final long DEADLINE_SECONDS = 300;

  private Race() {}

  /** What one thread does; it is told its number, from 0. */
  @FunctionalInterface
  interface Runner<T> {
    T run(int thread) throws Exception;
  }

  /** What one thread does, without a result. */
  @FunctionalInterface
  interface Step {
    void run(int thread) throws Exception;
  }

  /** Like {@link #run}, without results. */
  static void all(Step step) {
    run(
        thread -> {
          step.run(thread);
          return thread;
        });
  }

  /**
   * Runs it in {@link #THREADS} threads and answers their results by number. The first failure of a
   * thread, or being late, fails the test.
   */
  static <T> List<T> run(Runner<T> runner) {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        running.add(
            threads.submit(
                () -> {
                  start.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
                  return runner.run(thread);
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get(DEADLINE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("a thread of the race failed: " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a thread of the race ran over " + DEADLINE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the race ran", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
