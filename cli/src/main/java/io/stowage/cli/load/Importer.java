package io.stowage.cli.load;

import io.stowage.cli.terminal.CommandFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads documents and saves them in batches: while one batch is on its way to the store, the next
 * is read. Never more than three batches are in memory, and none is read beside one that is larger
 * than usual.
 */
final class Importer {

  private static final int BATCHES_WAITING = 2;
  private static final long BYTES_WAITING = 2L * Batch.MAX_BYTES;

  /** A batch on its way to the store. */
  private record Waiting(Future<?> saving, long bytes) {}

  private final DocumentReader reader;
  private final BatchSaver saver;
  private final Runnable afterBatch;

  /**
   * An importer of what a reader yields.
   *
   * @param afterBatch called by the reading thread after each batch
   */
  Importer(DocumentReader reader, BatchSaver saver, Runnable afterBatch) {
    this.reader = reader;
    this.saver = saver;
    this.afterBatch = afterBatch;
  }

  /**
   * Imports everything.
   *
   * @throws BadLineException if a bad line stops it; what is before that line is saved
   * @throws io.stowage.api.StorageException if the backend fails
   */
  void run() throws IOException {
    ExecutorService saving =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "stowage-import"));
    Deque<Waiting> waiting = new ArrayDeque<>();
    try {
      boolean hasMore = true;
      while (hasMore) {
        hasMore = readAndSubmit(saving, waiting);
        afterBatch.run();
      }
      awaitAll(waiting);
    } finally {
      saving.shutdownNow();
    }
  }

  private boolean readAndSubmit(ExecutorService saving, Deque<Waiting> waiting) throws IOException {
    Batch batch = new Batch();
    boolean hasMore;
    try {
      hasMore = reader.read(batch);
    } catch (IOException | BadLineException e) {
      submit(batch, saving, waiting);
      awaitAll(waiting);
      throw e;
    }
    submit(batch, saving, waiting);
    while (waiting.size() > BATCHES_WAITING || bytes(waiting) > BYTES_WAITING) {
      await(waiting.remove());
    }
    return hasMore;
  }

  private static long bytes(Deque<Waiting> waiting) {
    return waiting.stream().mapToLong(Waiting::bytes).sum();
  }

  private void submit(Batch batch, ExecutorService saving, Deque<Waiting> waiting) {
    if (!batch.isEmpty()) {
      Future<?> future = saving.submit(() -> saver.save(batch.documents()));
      waiting.add(new Waiting(future, batch.bytes()));
    }
  }

  private static void awaitAll(Deque<Waiting> waiting) {
    while (!waiting.isEmpty()) {
      await(waiting.remove());
    }
  }

  private static void await(Waiting batch) {
    try {
      batch.saving().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.failed("interrupted", e);
    }
  }
}
