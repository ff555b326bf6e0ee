package io.stowage.adapter.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Runs the same job in several threads that start together, and passes on what fails. */
final class Race {

  static final int THREADS = 8;

  /** A job that knows which of the threads runs it. */
  interface Job {
    void run(int thread) throws Exception;
  }

  private Race() {}

  static void run(Job job) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> jobs = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        jobs.add(
            threads.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  job.run(thread);
                  return null;
                }));
      }
      for (Future<?> running : jobs) {
        running.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
