package io.stowage.testkit.storage;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.WriteResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An update of item {@code a} that stands still in its function until it is let go. */
final class HeldUpdate {

  private final StoragePlatform platform;
  private final Storage<Document> storage;
  private final Duration patience;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CompletableFuture<WriteResult> result = new CompletableFuture<>();

  HeldUpdate(StoragePlatform platform, Storage<Document> storage, Duration patience) {
    this.platform = platform;
    this.storage = storage;
    this.patience = patience;
  }

  StoragePlatform platform() {
    return platform;
  }

  Storage<Document> storage() {
    return storage;
  }

  /** Runs work on a thread of its own, which does not keep the program running. */
  static void start(Runnable work) {
    Thread thread = new Thread(work, "contract");
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins the update on a thread of its own, and waits until it stands still. */
  void begin() {
    start(
        () -> {
          try {
            result.complete(storage.update("a", this::held));
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    await(running);
  }

  private Document held(Document item) {
    running.countDown();
    await(released);
    return item.with("n", 1);
  }

  private void await(CountDownLatch latch) {
    try {
      if (!latch.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("nothing happened within " + patience);
      }
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interruption);
    }
  }

  void letGo() {
    released.countDown();
  }

  /** What the update answers, or throws. */
  WriteResult result() {
    try {
      return result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError("the update failed with an error", failure.getCause());
    } catch (TimeoutException failure) {
      throw new AssertionError("the update did not end", failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interruption);
    }
  }
}
