package io.stowage.system.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.support.Tier;
import io.stowage.testkit.redis.RedisDeployment;
import io.stowage.testkit.redis.Topology;
import io.stowage.testkit.storage.Docs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No query by several values misses an item that moves from one of them to another all the time.
 * The seed is printed; {@code -Dstowage.seed=...} runs it again.
 */
@Tag("server")
class MovingItemsTest {

  private static final int ITEMS = 20;
  private static final Duration LENGTH =
      Tier.choose(Duration.ofMillis(800), Duration.ofSeconds(3), Duration.ofMinutes(2));
  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());

  private static Document item(int number, String color) {
    return doc("id", "item-" + number, "color", color, "turn", number);
  }

  /** How often an item was missed, in lists and counts of all kinds. */
  private static int missed(StoragePlatform platform, int values) throws Exception {
    System.out.println("MovingItemsTest: -Dstowage.seed=" + SEED);
    Storage<Document> storage =
        platform.store(
            ItemType.documents("moving-" + values).index("color").orderedBy("turn").build());
    List<String> colors = IntStream.range(0, values).mapToObj(i -> "c" + i).toList();
    List<Document> all = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      all.add(item(i, colors.get(i % values)));
    }
    storage.saveAll(all);
    Query query = where("color").in(colors);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writers = Executors.newFixedThreadPool(2);
    int[] missed = new int[4]; // by lists, lists with a limit, streams, counts
    int looks = 0;
    try {
      List<Future<?>> writes = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int number = writer;
        writes.add(writers.submit(() -> move(storage, colors, number, done)));
      }
      long end = System.nanoTime() + LENGTH.toNanos();
      for (; System.nanoTime() < end; looks++) {
        assertThat(writes).as("writers that ended early").noneMatch(Future::isDone);
        Set<String> found = new HashSet<>();
        switch (looks % 4) {
          case 0 -> found.addAll(Docs.ids(storage, query));
          case 1 -> found.addAll(Docs.ids(storage, query.newestFirst().limit(ITEMS)));
          case 2 -> found.addAll(Docs.streamedIds(storage, query.oldestFirst()));
          default -> IntStream.range(0, (int) storage.count(query)).forEach(i -> found.add("" + i));
        }
        missed[looks % 4] += ITEMS - found.size();
      }
      done.set(true);
      for (Future<?> write : writes) {
        write.get(30, TimeUnit.SECONDS);
      }
    } finally {
      done.set(true);
      writers.shutdownNow();
    }
    System.out.println(
        "MovingItemsTest: %s, %d values, missed by lists, limited lists, streams, counts: %s of %d looks"
            .formatted(platform.adapter(), values, Arrays.toString(missed), looks));
    return IntStream.of(missed).sum();
  }

  private static void move(
      Storage<Document> storage, List<String> colors, int writer, AtomicBoolean done) {
    Random random = new Random(SEED + writer);
    while (!done.get()) {
      int number = random.nextInt(ITEMS / 2) * 2 + writer;
      storage.save(item(number, colors.get(random.nextInt(colors.size()))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1_002})
  void inMemory(int values) throws Exception {
    try (StoragePlatform platform = StoragePlatform.open("memory:")) {
      assertThat(missed(platform, values)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"redis-lettuce, 3", "redis-lettuce, 1002", "redis-jedis, 3", "redis-jedis, 1002"})
  void onOneServer(String adapter, int values) throws Exception {
    try (RedisDeployment redis =
            Topology.STANDALONE.start(RedisBinary.bundled(), List.of("+@all", "~*"));
        StoragePlatform platform = redis.open(adapter)) {
      assertThat(missed(platform, values)).isZero();
    }
  }

  @Test
  @Tag("full")
  void onACluster() throws Exception {
    try (RedisDeployment cluster =
            Topology.CLUSTER.start(RedisBinary.bundled(), List.of("+@all", "~*"));
        StoragePlatform platform = cluster.open("redis-lettuce")) {
      assertThat(missed(platform, 12)).isZero();
    }
  }
}
