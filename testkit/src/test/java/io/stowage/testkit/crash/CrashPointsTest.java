package io.stowage.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.DoctorReport;
import io.stowage.api.Document;
import io.stowage.api.Maintenance;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.RedisBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A writer is stopped after each single command of each kind of write. Whatever it left behind, the
 * invariant holds, every query answers what is stored, the doctor finds nothing but what the
 * protocol allows, the writer was told the truth, and one sweep after the grace period leaves
 * nothing. The seed is printed; {@code -Dstowage.seed=...} runs the same points again.
 */
class CrashPointsTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());

  /** Of each of the four combinations of client and topology. */
  private static final int POINTS = 60;

  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final String PREFIX = "crash:";

  private static final StoreOptions OPTIONS =
      StoreOptions.builder().gracePeriod(GRACE).sweepEvery(Duration.ZERO).build();

  /**
   * What is to be tested.
   *
   * @param scheme of its addresses
   * @param ports of all servers
   * @param masters the ports of the servers that hold data
   */
  private record Deployment(String scheme, List<Integer> ports, List<Integer> masters) {}

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void oneServer(String adapter) throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(RedisBinary.bundled()).start()) {
      List<Integer> port = List.of(redis.port());
      crash(adapter, new Deployment("redis://", port, port));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void cluster(String adapter) throws IOException {
    try (EmbeddedRedisCluster redis =
        EmbeddedRedisCluster.builder().binary(RedisBinary.bundled()).replicasPerMaster(0).start()) {
      List<Integer> ports = redis.members().stream().map(EmbeddedRedis::port).toList();
      crash(adapter, new Deployment("redis-cluster://", ports, ports));
    }
  }

  private static void crash(String adapter, Deployment deployment) throws IOException {
    Random random = new Random(SEED);
    CrashItems items = new CrashItems(random);
    try (StoragePlatform platform =
        platform(other(adapter), deployment.scheme() + addresses(deployment))) {
      Storage<Document> storage = platform.store(CrashItems.type("items"), OPTIONS);
      Maintenance maintenance = platform.maintenance(CrashItems.type("items"), OPTIONS);
      RawStore raw = new RawStore(PREFIX + "items:", deployment.masters());
      Map<String, Integer> outcomes = new TreeMap<>();
      int points = 0;
      while (points < POINTS) {
        for (Writing.Kind kind : Writing.Kind.values()) {
          boolean isCut = true;
          for (int commands = 0; isCut; commands++) {
            Point point = new Point(adapter, deployment, kind, commands, random.nextBoolean());
            isCut = point.run(items, storage, outcomes);
            points += isCut ? 1 : 0;
            assertSound(point, storage, maintenance, raw);
          }
        }
      }
      System.out.printf(
          "CrashPointsTest %s %s -Dstowage.seed=%d: %d points, %s%n",
          adapter, deployment.scheme(), SEED, points, outcomes);
      assertThat(points).isGreaterThanOrEqualTo(POINTS);
      assertThat(outcomes).containsKeys("NOT_APPLIED", "UNKNOWN", "DONE");
      assertSweptClean(maintenance, raw);
    }
  }

  private static String addresses(Deployment deployment) {
    return String.join(",", deployment.ports().stream().map(port -> "127.0.0.1:" + port).toList());
  }

  private static String other(String adapter) {
    return adapter.equals("redis-jedis") ? "redis-lettuce" : "redis-jedis";
  }

  private static StoragePlatform platform(String adapter, String uri) {
    return StoragePlatform.builder()
        .uri(uri)
        .adapter(adapter)
        .keyPrefix(PREFIX)
        .commandTimeout(Duration.ofSeconds(5))
        .open();
  }

  /** The death of a writer. */
  private record Point(
      String adapter, Deployment deployment, Writing.Kind kind, int commands, boolean atLast) {

    /** Answers whether the writer died, rather than come to its end. */
    boolean run(CrashItems items, Storage<Document> survivor, Map<String, Integer> outcomes)
        throws IOException {
      Writing writing = Writing.of(kind, items, survivor);
      Map<String, Document> before = Writing.contents(survivor);
      try (CuttingProxy proxy = CuttingProxy.before(deployment.ports())) {
        String outcome;
        try (StoragePlatform platform =
            platform(adapter, deployment.scheme() + proxy.addresses())) {
          Storage<Document> storage = platform.store(CrashItems.type("items"), OPTIONS);
          proxy.cutAfter(commands, atLast);
          outcome = outcome(writing, storage);
        }
        proxy.awaitDrained();
        outcomes.merge(outcome, 1, Integer::sum);
        assertTold(outcome, writing, before, Writing.contents(survivor));
        return proxy.isCut();
      }
    }

    private static String outcome(Writing writing, Storage<Document> storage) {
      try {
        writing.run().accept(storage);
        return "DONE";
      } catch (StorageException failure) {
        return failure.outcome().name();
      }
    }

    private void assertTold(
        String outcome,
        Writing writing,
        Map<String, Document> before,
        Map<String, Document> actual) {
      if (outcome.equals("DONE")) {
        assertThat(actual).as("%s done", this).isEqualTo(writing.after());
      } else if (outcome.equals(Outcome.NOT_APPLIED.name())) {
        assertThat(actual).as("%s not applied", this).isEqualTo(before);
      } else if (writing.isAtomic()) {
        assertThat(actual).as("%s unknown", this).isIn(before, writing.after());
      } else {
        for (String id : CrashItems.allIds()) {
          assertThat(actual.get(id))
              .as("%s unknown, %s", this, id)
              .isIn(before.get(id), writing.after().get(id));
        }
      }
    }

    @Override
    public String toString() {
      return "-Dstowage.seed=%d %s on %s, %s after %d commands%s:"
          .formatted(
              SEED, adapter, deployment.scheme(), kind, commands, atLast ? ", at the last" : "");
    }
  }

  private static void assertSound(
      Point point, Storage<Document> storage, Maintenance maintenance, RawStore raw) {
    assertThat(raw.violations(CrashItems.EXACT, CrashItems.RANGE)).as("%s", point).isEmpty();
    Map<String, Document> stored = Writing.contents(storage);
    for (Map.Entry<Query, Predicate<Document>> query : CrashItems.queries().entrySet()) {
      List<Document> expected = stored.values().stream().filter(query.getValue()).toList();
      assertThat(storage.list(query.getKey()))
          .as("%s %s", point, query.getKey())
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(storage.count(query.getKey()))
          .as("%s count of %s", point, query.getKey())
          .isEqualTo(expected.size());
    }
    DoctorReport report = maintenance.check(progress -> {});
    assertThat(report.isHealthy()).as("%s %s", point, report).isTrue();
    assertThat(report.records()).as("%s %s", point, report).isEqualTo(stored.size());
  }

  private static void assertSweptClean(Maintenance maintenance, RawStore raw) {
    assertThat(raw.deadEntries(CrashItems.EXACT, CrashItems.RANGE))
        .as("dead entries before the sweep")
        .isPositive();
    long over = System.nanoTime() + GRACE.toNanos() + TimeUnit.MILLISECONDS.toNanos(100);
    await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() > over);

    assertThat(maintenance.sweep(SweepOptions.defaults()).isComplete()).isTrue();

    assertThat(raw.deadEntries(CrashItems.EXACT, CrashItems.RANGE))
        .as("dead entries after the sweep")
        .isZero();
    assertThat(raw.violations(CrashItems.EXACT, CrashItems.RANGE)).isEmpty();
    DoctorReport report = maintenance.check(progress -> {});
    assertThat(report.isClean()).as("%s", report).isTrue();
  }
}
