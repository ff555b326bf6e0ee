package io.stowage.system.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.support.Tier;
import io.stowage.testkit.redis.PatientNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories of eight threads on five items are linearizable. The seed is printed; {@code
 * -Dstowage.seed=...} runs the same operations again.
 */
@Tag("server")
@Tag("soak")
@Tag("slow")
class HotItemsTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());
  private static final int OPERATIONS_EACH = Tier.choose(300, 800, 20_000);

  /** The server rounds to milliseconds, and runs on this machine. */
  private static final Duration TOLERANCE = Duration.ofMillis(3);

  /** Shorter than the run, so that delayed writes and repairs meet. */
  private static final StoreOptions OPTIONS =
      StoreOptions.builder().gracePeriod(Duration.ofMillis(200)).build();

  private static Storage<Document> open(StoragePlatform platform) {
    return platform.store(HotItems.type("hot"), OPTIONS);
  }

  @Test
  void memory() {
    try (StoragePlatform platform = StoragePlatform.open("memory:")) {
      HotItems items = new HotItems(List.of(open(platform)), TOLERANCE, SEED);
      HotItems.assertLinearizable(
          "HotItemsTest memory -Dstowage.seed=" + SEED, items.run(OPERATIONS_EACH));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void oneServer(String adapter) {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(RedisBinary.bundled()).start();
        StoragePlatform first = platform(redis.uri(), adapter);
        StoragePlatform second = platform(redis.uri(), adapter)) {
      HotItems items = new HotItems(List.of(open(first), open(second)), TOLERANCE, SEED);
      HotItems.assertLinearizable(
          "HotItemsTest " + adapter + " -Dstowage.seed=" + SEED, items.run(OPERATIONS_EACH));
    }
  }

  private static StoragePlatform platform(String uri, String adapter) {
    StoragePlatform platform =
        StoragePlatform.builder().uri(uri).adapter(adapter).network(PatientNetwork.SETTINGS).open();
    assertThat(platform.adapter()).isEqualTo(adapter);
    return platform;
  }
}
