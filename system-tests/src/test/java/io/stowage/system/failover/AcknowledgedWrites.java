package io.stowage.system.failover;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * Threads that write items of their own and read them, and so know what can be stored: what was
 * acknowledged last, or anything since whose outcome is unknown.
 */
final class AcknowledgedWrites implements AutoCloseable {

  private static final int THREADS = 6;
  private static final int ITEMS_EACH = 20;
  private static final int PROGRESS = 300;
  private static final Duration DEADLINE = Clients.PATIENCE;

  private final Storage<Document> storage;
  private final boolean isStrict;
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final List<Worker> workers = new ArrayList<>();
  private final List<Future<?>> futures = new ArrayList<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong notApplied = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private final LongAccumulator slowestNanos = new LongAccumulator(Math::max, 0);

  /**
   * Begins at once.
   *
   * @param isStrict whether acknowledged writes must not be lost; otherwise only whole and true
   *     items are asked for
   */
  AcknowledgedWrites(Storage<Document> storage, boolean isStrict, long seed) {
    this.storage = storage;
    this.isStrict = isStrict;
    for (int thread = 0; thread < THREADS; thread++) {
      Worker worker = new Worker(thread, new Random(seed + thread));
      workers.add(worker);
      futures.add(executor.submit(worker));
    }
  }

  static ItemType<Document> type(String store) {
    return ItemType.documents(store).index("owner", "color").range("n").build();
  }

  /** Waits until some hundred writes more are acknowledged. */
  void awaitProgress() {
    long before = acknowledged.get();
    await()
        .atMost(DEADLINE)
        .until(
            () -> {
              futures.stream().filter(Future::isDone).forEach(AcknowledgedWrites::join);
              return acknowledged.get() > before + PROGRESS;
            });
  }

  /** Ends the threads, and fails if one of them has failed. */
  void finish() {
    isOver.set(true);
    futures.forEach(AcknowledgedWrites::join);
  }

  private static void join(Future<?> future) {
    try {
      future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError("a thread failed: " + failure, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while threads were at work", interruption);
    }
  }

  /**
   * Fails if anything that was acknowledged is not there, by id or by any index.
   *
   * @param patient the same store through a client that waits longer
   */
  void assertAllThere(Storage<Document> patient) {
    workers.forEach(worker -> worker.verify(patient));
  }

  /** The longest that an operation took. */
  Duration slowest() {
    return Duration.ofNanos(slowestNanos.get());
  }

  @Override
  public String toString() {
    return "%d writes acknowledged, %d operations not applied, %d unknown, the slowest took %d ms"
        .formatted(acknowledged.get(), notApplied.get(), unknown.get(), slowest().toMillis());
  }

  @Override
  public void close() {
    isOver.set(true);
    executor.shutdownNow();
  }

  /** One thread. */
  private final class Worker implements Runnable {

    private final String owner;
    private final Random random;
    private final List<OwnedItem> items = new ArrayList<>();

    Worker(int thread, Random random) {
      this.owner = "owner-" + thread;
      this.random = random;
      for (int i = 0; i < ITEMS_EACH; i++) {
        items.add(new OwnedItem(owner + "-" + i, owner));
      }
    }

    @Override
    public void run() {
      while (!isOver.get() && !Thread.currentThread().isInterrupted()) {
        OwnedItem item = items.get(random.nextInt(ITEMS_EACH));
        long begin = System.nanoTime();
        try {
          next(item);
        } catch (StorageException failure) {
          // A read that failed; writes have seen to their failures themselves.
          assertThat(failure.isTransient()).as("%s", failure).isTrue();
          notApplied.incrementAndGet();
        }
        slowestNanos.accumulate(System.nanoTime() - begin);
      }
    }

    private void next(OwnedItem item) {
      int kind = random.nextInt(100);
      if (kind < 55) {
        save(item);
      } else if (kind < 65) {
        delete(item);
      } else if (kind < 85) {
        Document found = storage.load(item.id()).orElse(null);
        if (isStrict) {
          item.wasFound(found);
        }
      } else {
        list(storage);
      }
    }

    private void save(OwnedItem item) {
      Document document = item.next();
      try {
        assertThat(storage.save(document).isStored()).isTrue();
        item.wasSaved(document);
        acknowledged.incrementAndGet();
      } catch (StorageException failure) {
        if (isUnknown(failure)) {
          item.mayBeSaved(document);
        }
      }
    }

    private void delete(OwnedItem item) {
      try {
        storage.delete(item.id());
        item.wasDeleted();
        acknowledged.incrementAndGet();
      } catch (StorageException failure) {
        if (isUnknown(failure)) {
          item.mayBeDeleted();
        }
      }
    }

    private boolean isUnknown(StorageException failure) {
      boolean isUnknown = failure.outcome() == Outcome.UNKNOWN;
      (isUnknown ? unknown : notApplied).incrementAndGet();
      return isUnknown;
    }

    private void list(Storage<Document> storage) {
      Map<String, Document> found = new HashMap<>();
      for (Document document : storage.list(where("owner").is(owner))) {
        assertThat(found.put(document.id().orElseThrow(), document)).as("%s", document).isNull();
        assertThat(document.get("copy")).as("%s", document).isEqualTo(document.get("n"));
      }
      if (isStrict) {
        items.forEach(item -> item.wasFound(found.get(item.id())));
      }
    }

    void verify(Storage<Document> storage) {
      list(storage);
      for (OwnedItem item : items) {
        Document found = storage.load(item.id()).orElse(null);
        if (isStrict) {
          item.wasFound(found);
        }
        if (found != null) {
          assertListed(storage, found, "color");
          assertListed(storage, found, "n");
        }
      }
    }

    private void assertListed(Storage<Document> storage, Document found, String field) {
      Object value = found.get(field);
      assertThat(storage.list(where("owner").is(owner).and(field).is(value == null ? "" : value)))
          .as("by %s", field)
          .contains(found);
    }
  }
}
