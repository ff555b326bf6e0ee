package io.stowage.system.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.crash.RawStore;
import io.stowage.system.support.Tier;
import io.stowage.testkit.redis.PatientNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 20,000 items with TTLs of 0.2 to 2 s, written, read and left alone by eight threads through both
 * clients. No query answers an expired or stale item or misses a live one, counts are right, and
 * one sweep after the grace period leaves no key but the store's metadata.
 *
 * <p>It takes a few seconds, in the tier soak half an hour for each topology, and with {@code
 * -Dstowage.soak=PT60S} as long as it says. The seed is printed; {@code -Dstowage.seed=...} does
 * the same operations again.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
@Tag("soak")
class TtlSoakTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());
  private static final Duration LENGTH =
      Duration.parse(System.getProperty("stowage.soak", Tier.choose("PT8S", "PT8S", "PT30M")));

  private static final int THREADS = 8;
  private static final int GROUPS_EACH = 50;
  private static final int ITEMS_IN_GROUP = 50;

  /** After each all threads pause, and everything is counted. */
  private static final int ROUNDS = 4;

  private static final Duration GRACE = Duration.ofSeconds(3);
  private static final String PREFIX = "soak:";
  private static final String STORE = "items";

  @Test
  void oneServer() throws InterruptedException {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(RedisBinary.bundled()).start()) {
      soak(redis.uri(), List.of(redis.port()));
    }
  }

  @Test
  void cluster() throws InterruptedException {
    try (EmbeddedRedisCluster redis =
        EmbeddedRedisCluster.builder()
            .binary(RedisBinary.bundled())
            .replicasPerMaster(0)
            .nodeTimeout(Duration.ofMinutes(2))
            .start()) {
      soak(redis.uri(), redis.members().stream().map(EmbeddedRedis::port).toList());
    }
  }

  private static ItemType<Document> type() {
    return ItemType.documents(STORE).index("group", "kind").range("n").build();
  }

  private static StoreOptions.Builder options() {
    return StoreOptions.builder().gracePeriod(GRACE).sweepEvery(Duration.ZERO);
  }

  private static void soak(String uri, List<Integer> masters) throws InterruptedException {
    try (StoragePlatform lettuce = platform(uri, "redis-lettuce");
        StoragePlatform jedis = platform(uri, "redis-jedis")) {
      Storage<Document> reader = lettuce.store(type(), options().build());
      List<List<Group>> groups = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        groups.add(groups(thread, thread % 2 == 0 ? lettuce : jedis));
      }
      List<Group> all = groups.stream().flatMap(List::stream).toList();
      long operations = 0;
      for (int round = 0; round < ROUNDS; round++) {
        operations += round(groups, all, reader, round);
        all.forEach(Group::count);
        assertThat(reader.estimateCount(Query.all()))
            .isGreaterThanOrEqualTo(reader.count(Query.all()));
      }
      System.out.printf(
          "TtlSoakTest %s -Dstowage.seed=%d: %d operations in %s, %d times an item was stored%n",
          uri.replaceAll(":.*", ""),
          SEED,
          operations,
          LENGTH,
          all.stream().mapToLong(Group::stored).sum());
      assertDead(all, reader);
      assertNothingIsLeft(lettuce, masters);
    }
  }

  private static StoragePlatform platform(String uri, String adapter) {
    return StoragePlatform.builder()
        .uri(uri)
        .adapter(adapter)
        .keyPrefix(PREFIX)
        .network(PatientNetwork.SETTINGS)
        .open();
  }

  private static List<Group> groups(int thread, StoragePlatform platform) {
    Map<Mortality, Storage<Document>> stores = new EnumMap<>(Mortality.class);
    for (Mortality mortality : Mortality.values()) {
      stores.put(mortality, platform.store(type(), options().ttl(mortality.ttl()).build()));
    }
    Mortality[] kinds = Mortality.values();
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < GROUPS_EACH; i++) {
      Mortality mortality = kinds[i % kinds.length];
      groups.add(
          new Group(
              "t" + thread + "-g" + i,
              ITEMS_IN_GROUP,
              mortality,
              stores.get(mortality),
              new Random(SEED + 1_000L * thread + i)));
    }
    return groups;
  }

  private static long round(
      List<List<Group>> groups, List<Group> all, Storage<Document> reader, int round)
      throws InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      long until = System.nanoTime() + LENGTH.toNanos() / ROUNDS;
      List<SoakWorker> workers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        Random random = new Random(SEED + 31L * round + thread);
        workers.add(new SoakWorker(groups.get(thread), all, reader, random, until));
      }
      List<Future<Long>> futures =
          executor.invokeAll(workers, LENGTH.toSeconds() + 300, TimeUnit.SECONDS);
      long operations = 0;
      for (Future<Long> future : futures) {
        operations += future.get();
      }
      return operations;
    } catch (ExecutionException failure) {
      throw new AssertionError(
          "-Dstowage.seed=" + SEED + ": " + failure.getCause(), failure.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  private static void assertDead(List<Group> all, Storage<Document> reader) {
    long latest = all.stream().mapToLong(Group::latest).max().orElseThrow();
    await().atMost(Duration.ofSeconds(60)).until(() -> Knowledge.now() > latest);
    for (Group group : all) {
      assertThat(reader.count(group.query())).isZero();
      assertThat(reader.list(group.query())).isEmpty();
    }
    assertThat(reader.list(Query.all())).isEmpty();
    assertThat(reader.count(Query.all())).isZero();
  }

  private static void assertNothingIsLeft(StoragePlatform platform, List<Integer> masters) {
    long over = Knowledge.now() + GRACE.toNanos() / 1_000 + 100_000;
    await().atMost(Duration.ofSeconds(30)).until(() -> Knowledge.now() > over);
    Maintenance maintenance = platform.maintenance(type(), options().build());
    SweepOptions thorough =
        SweepOptions.defaults().withMaxEntries(1_000_000_000).withEntriesPerSecond(100_000_000);

    assertThat(maintenance.sweep(thorough).isComplete()).isTrue();

    String base = PREFIX + STORE + ":";
    assertThat(new RawStore(base, masters).keys())
        .as("keys that are left")
        .contains(base + "meta")
        .allMatch(key -> key.equals(base + "meta") || key.startsWith(base + "lease:"));
    assertThat(maintenance.check(progress -> {}).isClean()).isTrue();
  }
}
