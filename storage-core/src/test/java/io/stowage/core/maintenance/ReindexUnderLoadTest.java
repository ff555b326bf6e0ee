package io.stowage.core.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.DoctorReport;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Processes that know different indexes use a store while one is added, dropped and added again.
 */
@Tag("one-jdk")
@Timeout(120)
@Tag("full")
class ReindexUnderLoadTest {

  private static final String STORE = "things";
  private static final int COLORS = 10;
  private static final int STABLE = 300;
  private static final ItemType<Document> WITHOUT = ItemType.documents(STORE).index("kind").build();
  private static final ItemType<Document> WITH =
      ItemType.documents(STORE).index("kind", "color").range("size").build();
  private static final StoreOptions OPTIONS =
      StoreOptions.builder()
          .gracePeriod(Duration.ofMillis(400))
          .batchSize(50)
          .sweepEvery(Duration.ofMillis(150))
          .build();

  private final MemoryAdapter data = new MemoryAdapter();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong queries = new AtomicLong();

  private static Document item(String id, int number, int turn) {
    return Document.of(
        Map.of(
            "id", id, "kind", "k" + turn % 3, "color", "c" + number % COLORS, "size", number % 7));
  }

  /** Saves the stable items again and again, and others that come and go. */
  private void write(Storage<Document> things, int seed) {
    Random random = new Random(seed);
    for (int turn = 0; !stop.get(); turn++) {
      int number = random.nextInt(STABLE);
      things.save(item("stable" + number, number, turn));
      String passing = "passing" + random.nextInt(50);
      if (random.nextBoolean()) {
        things.save(item(passing, turn, turn).with("color", "other"));
      } else {
        things.delete(passing);
      }
    }
  }

  private void read(Storage<Document> things, int seed) {
    Random random = new Random(seed);
    while (!stop.get()) {
      int color = random.nextInt(COLORS);
      Query query = Query.where("color").is("c" + color);
      assertThat(answer(() -> things.list(query))).hasSize(STABLE / COLORS);
      assertThat(answer(() -> things.count(query))).isEqualTo(STABLE / COLORS);
      int size = random.nextInt(7);
      long expected = IntStream.range(0, STABLE).filter(i -> i % 7 == size).count();
      Query bySize = Query.where("size").is(size).and("color").isNot("other");
      assertThat(answer(() -> things.count(bySize))).isEqualTo(expected);
      queries.addAndGet(3);
    }
  }

  /**
   * The answer of a query. One whose thread stands still while its index is dropped and purged says
   * so and is to be run again.
   */
  private static <R> R answer(Supplier<R> query) {
    while (true) {
      try {
        return query.get();
      } catch (StorageException e) {
        if (!e.isTransient() || !e.getMessage().contains("run it again")) {
          throw e;
        }
      }
    }
  }

  private Thread start(Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | AssertionError e) {
                failures.add(e);
                stop.set(true);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void noQueryMissesAnItem() throws Exception {
    try (StoragePlatform old = platform();
        StoragePlatform young = platform();
        StoragePlatform admin = platform()) {
      Storage<Document> before = old.store(WITHOUT, OPTIONS);
      before.saveAll(IntStream.range(0, STABLE).mapToObj(i -> item("stable" + i, i, 0)).toList());
      List<Thread> threads = new ArrayList<>();
      threads.add(start(() -> write(before, 1)));
      threads.add(start(() -> read(before, 2)));
      threads.add(start(() -> reindex(admin, WITH)));
      threads.get(2).join();
      Storage<Document> after = young.store(WITH, OPTIONS);
      threads.add(start(() -> write(after, 3)));
      threads.add(start(() -> read(after, 4)));
      for (ItemType<Document> target : List.of(WITHOUT, WITH)) {
        Thread work = start(() -> reindex(admin, target));
        work.join();
      }
      stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }

      assertThat(failures).isEmpty();
      assertThat(queries.get()).isPositive();
      DoctorReport report = admin.maintenance(WITH, OPTIONS).check(progress -> {});
      assertThat(report.isHealthy()).as(report.toString()).isTrue();
      assertThat(report.records()).isGreaterThanOrEqualTo(STABLE);
    }
  }

  private StoragePlatform platform() {
    return StowagePlatform.over(new Shared(data), new JsonCodec());
  }

  private static void reindex(StoragePlatform platform, ItemType<Document> target) {
    platform.maintenance(target, OPTIONS).reindex(progress -> {});
  }

  /** One backend for several platforms, of which each closes its adapter. */
  private record Shared(MemoryAdapter data) implements StorageAdapter {
    @Override
    public String name() {
      return data.name();
    }

    @Override
    public StorePorts store(String store) {
      return data.store(store);
    }

    @Override
    public void close() {}
  }
}
