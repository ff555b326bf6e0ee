package io.stowage.system.history;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.Version;
import io.stowage.testkit.history.Answer;
import io.stowage.testkit.history.History;
import io.stowage.testkit.history.HistoryRecorder;
import io.stowage.testkit.history.LinearizabilityChecker;
import io.stowage.testkit.history.RecordedStorage;
import io.stowage.testkit.history.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import java.util.function.BooleanSupplier;

/**
 * Eight threads that write, delete and read five items: plain and conditional writes, values that
 * soon vanish, reads by id and by an index. Everything is recorded.
 */
public final class HotItems {

  private static final int THREADS = 8;
  private static final int IDS = 5;
  private static final long DEADLINE_SECONDS = 300;

  private final HistoryRecorder recorder = new HistoryRecorder();
  private final List<RecordedStorage> storages = new ArrayList<>();
  private final long seed;

  /**
   * Prepares a run.
   *
   * @param storages the same store through one or several clients
   * @param tolerance how far from its end an item may vanish
   */
  public HotItems(List<Storage<Document>> storages, Duration tolerance, long seed) {
    for (Storage<Document> storage : storages) {
      this.storages.add(new RecordedStorage(storage, recorder, tolerance));
    }
    this.seed = seed;
  }

  /** How the items are indexed: one index never changes, the others do with each write. */
  public static ItemType<Document> type(String store) {
    return ItemType.documents(store).index("owner", "color").range("rank").build();
  }

  /** The ids of the items. */
  public static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < IDS; i++) {
      ids.add("hot-" + i);
    }
    return ids;
  }

  /** The time on the clock of the history. */
  public long now() {
    return recorder.now();
  }

  /** Runs until each thread has done so many operations. */
  public History run(int operationsEach) {
    return run(thread -> new Worker(thread, done -> done < operationsEach));
  }

  /** Runs as long as the condition holds. */
  public History runWhile(BooleanSupplier condition) {
    return run(thread -> new Worker(thread, done -> condition.getAsBoolean()));
  }

  /** Fails unless the history is linearizable; prints what it was. */
  public static void assertLinearizable(String name, History history) {
    long begin = System.nanoTime();
    Verdict verdict = LinearizabilityChecker.check(history);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    Map<String, Integer> answers = new HashMap<>();
    history.items().values().stream()
        .flatMap(List::stream)
        .forEach(it -> answers.merge(it.answer().getClass().getSimpleName(), 1, Integer::sum));
    System.out.printf(
        "%s: %d operations checked in %d ms, the slowest took %d ms, %s%n",
        name, history.size(), millis, slowest(history).toMillis(), answers);
    assertThat(verdict.isLinearizable()).as(verdict.explanation()).isTrue();
  }

  /** The longest that an operation took. */
  public static Duration slowest(History history) {
    return history.items().values().stream()
        .flatMap(List::stream)
        .map(it -> Duration.ofNanos(it.completed() - it.invoked()))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  private interface Workers {
    Worker of(int thread);
  }

  private interface Goal {
    boolean isAhead(int done);
  }

  private History run(Workers workers) {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(executor.submit(workers.of(i)));
      }
      for (Future<?> future : futures) {
        future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
      }
      return recorder.history();
    } catch (ExecutionException | TimeoutException failure) {
      throw new AssertionError("a thread failed: " + failure, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while threads were at work", interruption);
    } finally {
      executor.shutdownNow();
    }
  }

  /** One thread. */
  private final class Worker implements Runnable {

    private final Random random;
    private final RecordedStorage storage;
    private final Goal goal;
    private final Map<String, Version> known = new HashMap<>();

    Worker(int thread, Goal goal) {
      this.random = new Random(seed + thread);
      this.storage = storages.get(thread % storages.size());
      this.goal = goal;
    }

    @Override
    public void run() {
      for (int done = 0; goal.isAhead(done) && !Thread.currentThread().isInterrupted(); done++) {
        String id = "hot-" + random.nextInt(IDS);
        learn(id, next(id));
      }
    }

    private Answer next(String id) {
      int kind = random.nextInt(100);
      if (kind < 20) {
        return storage.save(document(id));
      }
      if (kind < 35) {
        return storage.insert(document(id));
      }
      if (kind < 50) {
        return storage.replace(document(id), known.getOrDefault(id, new Version(0)));
      }
      if (kind < 62) {
        return storage.update(document(id));
      }
      if (kind < 72) {
        return storage.delete(id);
      }
      return kind < 86 ? storage.load(id) : storage.find(id, where("owner").is(id));
    }

    private Document document(String id) {
      Document document =
          Document.of(
              Map.of("id", id, "owner", id, "color", random.nextInt(4), "rank", random.nextInt()));
      if (random.nextInt(4) > 0) {
        return document;
      }
      Instant end = Instant.now().plusMillis(random.nextInt(60)).truncatedTo(ChronoUnit.MILLIS);
      return document.with("expires_at", end.toString());
    }

    private void learn(String id, Answer answer) {
      Version version = null;
      if (answer instanceof Answer.Stored stored) {
        version = stored.version();
      } else if (answer instanceof Answer.Found found) {
        version = found.version();
      } else if (answer instanceof Answer.AlreadyExists exists) {
        version = exists.current();
      } else if (answer instanceof Answer.VersionConflict conflict) {
        version = conflict.current();
      }
      if (version != null) {
        known.put(id, version);
      }
    }
  }
}
