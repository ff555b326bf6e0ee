package io.stowage.benchmarks.paired;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Threads that share pieces of work out among them. */
final class Crew implements AutoCloseable {

  private final int threads;
  private final ExecutorService executor;

  Crew(int threads) {
    this.threads = threads;
    this.executor = Executors.newFixedThreadPool(threads);
  }

  /** Does pieces 0 to count - 1, each once, and returns when all are done. */
  void work(int count, IntConsumer piece) {
    List<Callable<Void>> shares = new ArrayList<>(threads);
    for (int first = 0; first < threads; first++) {
      int from = first;
      shares.add(
          () -> {
            for (int i = from; i < count; i += threads) {
              piece.accept(i);
            }
            return null;
          });
    }
    try {
      for (Future<Void> share : executor.invokeAll(shares)) {
        share.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("work failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at work", e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
