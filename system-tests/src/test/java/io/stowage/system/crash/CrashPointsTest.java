package io.stowage.system.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.support.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A writer is stopped after each single command of each kind of write. Whatever it left behind, the
 * invariant holds, every query answers what is stored, the doctor finds nothing but what the
 * protocol allows, the writer was told the truth, and one sweep after the grace period leaves
 * nothing. The seed is printed; {@code -Dstowage.seed=...} runs the same points again.
 */
@Tag("one-jdk")
@Tag("server")
class CrashPointsTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());

  /** So many writers die at the same time, each in a store of its own. */
  private static final int LANES = 4;

  /** At least so many of each client; in the full tier together more than two hundred. */
  private static final int POINTS_ON_ONE_SERVER = Tier.choose(10, 75, 75);

  private static final int POINTS_ON_A_CLUSTER = 27;

  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final StoreOptions OPTIONS =
      StoreOptions.builder().gracePeriod(GRACE).sweepEvery(Duration.ZERO).build();

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void oneServer(String adapter) {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(RedisBinary.bundled()).start()) {
      List<Integer> ports = List.of(redis.port());
      assertThat(deaths(adapter, new Deployment("redis://", ports, 1)))
          .isGreaterThanOrEqualTo(POINTS_ON_ONE_SERVER);
    }
  }

  @ParameterizedTest
  @Tag("full")
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void cluster(String adapter) {
    try (EmbeddedRedisCluster redis =
        EmbeddedRedisCluster.builder()
            .binary(RedisBinary.bundled())
            .replicasPerMaster(0)
            .nodeTimeout(Duration.ofMinutes(2))
            .start()) {
      List<Integer> ports = redis.members().stream().map(EmbeddedRedis::port).toList();
      assertThat(deaths(adapter, new Deployment("redis-cluster://", ports, 3)))
          .isGreaterThanOrEqualTo(POINTS_ON_A_CLUSTER);
    }
  }

  private static int deaths(String adapter, Deployment deployment) {
    try (StoragePlatform survivor = deployment.open(other(adapter))) {
      List<DyingWriters> lanes = new ArrayList<>();
      for (int lane = 0; lane < LANES; lane++) {
        lanes.add(
            new DyingWriters(
                kinds(lane),
                adapter,
                deployment,
                survivor,
                OPTIONS,
                "items-" + lane,
                new Random(SEED + lane)));
      }
      runAll(lanes);
      int deaths = lanes.stream().mapToInt(DyingWriters::deaths).sum();
      Map<String, Integer> outcomes = new TreeMap<>();
      lanes.forEach(it -> it.outcomes().forEach((key, n) -> outcomes.merge(key, n, Integer::sum)));
      System.out.printf(
          "CrashPointsTest %s %s -Dstowage.seed=%d: %d points, %s%n",
          adapter, deployment.scheme(), SEED, deaths, outcomes);
      assertThat(outcomes).containsKeys("UNKNOWN", Death.DONE);
      // Until the grace period is over, entries may be left; nothing but the time says when.
      long over = System.nanoTime() + GRACE.toNanos() + TimeUnit.MILLISECONDS.toNanos(100);
      await().atMost(Duration.ofSeconds(30)).until(() -> System.nanoTime() > over);
      lanes.forEach(DyingWriters::assertSweptClean);
      return deaths;
    }
  }

  private static String other(String adapter) {
    return adapter.equals("redis-jedis") ? "redis-lettuce" : "redis-jedis";
  }

  /** All kinds are shared out among the lanes; in the short form each lane takes one of its own. */
  private static List<Writing.Kind> kinds(int lane) {
    Writing.Kind[] all = Writing.Kind.values();
    List<Writing.Kind> kinds = new ArrayList<>();
    for (int i = lane; i < all.length; i += LANES) {
      kinds.add(all[i]);
    }
    int drawn = new Random(SEED + lane).nextInt(kinds.size());
    return Tier.choose(List.of(kinds.get(drawn)), kinds, kinds);
  }

  private static void runAll(List<DyingWriters> lanes) {
    ExecutorService executor = Executors.newFixedThreadPool(LANES);
    try {
      for (Future<Void> future : executor.invokeAll(lanes, 5, TimeUnit.MINUTES)) {
        future.get();
      }
    } catch (ExecutionException failure) {
      throw new AssertionError("-Dstowage.seed=" + SEED + ": " + failure, failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while writers were dying", interruption);
    } finally {
      executor.shutdownNow();
    }
  }
}
