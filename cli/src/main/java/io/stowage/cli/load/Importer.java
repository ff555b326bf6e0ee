package io.stowage.cli.load;

import io.stowage.cli.terminal.CommandFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads documents and saves them in batches: while one batch is on its way to the store, the next
 * is read. Never more than three batches are in memory.
 */
final class Importer {

  private static final int BATCH = 500;
  private static final int BATCHES_WAITING = 2;

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
    Deque<Future<?>> waiting = new ArrayDeque<>();
    try {
      boolean hasMore = true;
      while (hasMore) {
        hasMore = readAndSubmit(saving, waiting);
        afterBatch.run();
      }
      await(waiting, 0);
    } finally {
      saving.shutdownNow();
    }
  }

  private boolean readAndSubmit(ExecutorService saving, Deque<Future<?>> waiting)
      throws IOException {
    List<NumberedDocument> batch = DocumentReader.newBatch(BATCH);
    try {
      reader.read(batch, BATCH);
    } catch (IOException | BadLineException e) {
      submit(batch, saving, waiting);
      await(waiting, 0);
      throw e;
    }
    submit(batch, saving, waiting);
    await(waiting, BATCHES_WAITING);
    return batch.size() == BATCH;
  }

  private void submit(
      List<NumberedDocument> batch, ExecutorService saving, Deque<Future<?>> waiting) {
    if (!batch.isEmpty()) {
      waiting.add(saving.submit(() -> saver.save(batch)));
    }
  }

  private static void await(Deque<Future<?>> waiting, int mayWait) {
    while (waiting.size() > mayWait) {
      try {
        waiting.remove().get();
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
}
