package io.stowage.system.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.support.Pauses;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sentinels that replace the master while a store is at work, first one that is alive, then one
 * that has died: no write that a replica has confirmed is lost. The seed is printed; {@code
 * -Dstowage.seed=...} does the same operations again.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class SentinelLoadTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());
  private static final Duration STABLE = Clients.PATIENCE;
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration SLOWEST = Clients.COMMAND_TIMEOUT.multipliedBy(5);

  /** Longer than any pause of a busy machine: both failovers are those that the test orders. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void noConfirmedWriteIsLost(String adapter) {
    StoreOptions options =
        StoreOptions.builder()
            .gracePeriod(GRACE)
            .sweepEvery(Duration.ZERO)
            .durability(Durability.replicas(1, Duration.ofSeconds(1)))
            .build();
    ItemType<Document> type = AcknowledgedWrites.type("items");
    try (EmbeddedSentinel sentinel =
            EmbeddedSentinel.builder()
                .binary(RedisBinary.bundled())
                .replicas(1)
                .downAfter(SILENCE)
                .startupTimeout(STABLE)
                .start();
        StoragePlatform platform = clients(sentinel, adapter).impatient();
        StoragePlatform patient = clients(sentinel, adapter).patient();
        Pauses pauses = new Pauses()) {
      Storage<Document> storage = Clients.patiently(() -> platform.store(type, options));
      try (AcknowledgedWrites writes = new AcknowledgedWrites(storage, true, SEED)) {
        writes.awaitProgress();
        EmbeddedRedis second = sentinel.failOver();
        writes.awaitProgress();
        second.kill();
        EmbeddedRedis third = sentinel.failOver();
        assertThat(third).isNotSameAs(second);
        second.restart();
        sentinel.awaitStable(STABLE);
        writes.awaitProgress();
        writes.finish();
        System.out.println(
            "SentinelLoadTest " + adapter + " -Dstowage.seed=" + SEED + ": " + writes);
        assertThat(writes.slowest()).isLessThan(SLOWEST.plus(pauses.total()));
        writes.assertAllThere(patient.store(type, options));
      }
      Upkeep.assertHealthyAndThenClean(patient.maintenance(type, options), GRACE);
    }
  }

  private static Clients clients(EmbeddedSentinel sentinel, String adapter) {
    return new Clients(sentinel.uri(), adapter, "load:");
  }
}
