package io.stowage.system.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.ItemType;
import io.stowage.api.StoragePlatform;
import io.stowage.system.support.Tier;
import io.stowage.testkit.storage.RandomDocuments;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same random operations on memory and on Redis must have the same answers. The seed is
 * printed; {@code -Dstowage.seed=...} runs it again.
 */
@Tag("server")
@Tag("soak")
class DifferentialTest {

  private static final int OPERATIONS = Tier.choose(2_000, 10_000, 1_000_000);
  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());

  @RegisterExtension static final RedisServer REDIS = RedisServer.bundled();

  /** The stores are named after the adapter, so that two runs on one server do not meet. */
  private static List<Subject> open(StoragePlatform platform, String adapter) {
    return List.of(
        new Subject(
            platform.store(
                RandomDocuments.describe(ItemType.documents("saved-" + adapter)).build())),
        new Subject(
            platform.store(
                RandomDocuments.describe(ItemType.documents("ordered-" + adapter))
                    .orderedBy("turn")
                    .build())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void memoryAndRedisAgree(String adapter) {
    System.out.println("DifferentialTest " + adapter + ": -Dstowage.seed=" + SEED);
    Random random = new Random(SEED);
    RandomOperations operations = new RandomOperations(random);
    try (StoragePlatform memory = StoragePlatform.open("memory:");
        StoragePlatform redis = REDIS.open(adapter)) {
      List<Subject> expected = open(memory, adapter);
      List<Subject> actual = open(redis, adapter);
      for (int i = 0; i < OPERATIONS; i++) {
        int store = random.nextInt(2);
        Subject left = expected.get(store);
        Subject right = actual.get(store);
        RandomOperations.Operation operation = operations.next(left.versionsSeen());
        Object answer = left.answer(operation.run());
        assertThat(right.answer(operation.run()))
            .as(
                "-Dstowage.seed=%d, %s, operation %d on '%s': %s",
                SEED, adapter, i, right.storage().name(), operation.description())
            .isEqualTo(answer);
      }
    }
  }
}
