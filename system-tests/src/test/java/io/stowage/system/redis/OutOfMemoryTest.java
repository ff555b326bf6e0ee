package io.stowage.system.redis;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Outcome;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import io.stowage.api.TimeToLive;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.RespConnection;
import io.stowage.testkit.storage.Docs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that has no memory left, and evicts nothing, refuses what needs memory; whatever frees
 * some goes on.
 */
@Tag("server")
class OutOfMemoryTest {

  private static final Duration GRACE = Duration.ofMillis(100);
  private static final StoreOptions OPTIONS =
      StoreOptions.builder().gracePeriod(GRACE).sweepEvery(Duration.ZERO).build();
  private static final int LIVE = 10;
  private static final int DEAD = 20;

  private static EmbeddedRedis redis;

  @BeforeAll
  static void startServer() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stopServer() {
    redis.close();
  }

  private static ItemType<Document> type(String store) {
    return ItemType.documents(store).index("kind").build();
  }

  private static StoragePlatform open(String adapter) {
    return StoragePlatform.builder().uri(redis.uri()).adapter(adapter).open();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20));
  }

  /** Saves items, of which some end and leave their entries, and lets the server be full then. */
  private static void fill(StoragePlatform platform, String store) throws IOException {
    Storage<Document> things = platform.store(type(store), OPTIONS);
    for (int i = 0; i < LIVE + DEAD; i++) {
      String id = "i" + i;
      things.save(Docs.doc("id", id, "kind", "red"));
      if (i >= LIVE) {
        things.touch(id, Duration.ofMillis(1));
      }
    }
    Maintenance maintenance = platform.maintenance(type(store), OPTIONS);
    eventually().until(() -> dead(maintenance) == DEAD);
    configure("1");
  }

  private static void configure(String maxmemory) throws IOException {
    try (RespConnection connection = RespConnection.open(redis.host(), redis.port())) {
      connection.ask("CONFIG", "SET", "maxmemory-policy", "noeviction");
      connection.ask("CONFIG", "SET", "maxmemory", maxmemory);
    }
  }

  private static long dead(Maintenance maintenance) {
    return maintenance.check(progress -> {}).count(Kind.DEAD_ENTRY);
  }

  private static void assertFull(Storage<Document> things) {
    StorageException refused =
        catchThrowableOfType(
            StorageException.class, () -> things.save(Docs.doc("id", "new", "kind", "red")));
    assertThat(refused).as("refusal of a save").isNotNull();
    assertThat(refused.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(refused).hasMessageContaining("OOM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void theSweeperWorksWithoutItsLease(String adapter) throws Exception {
    String store = "sweep-" + adapter;
    try (StoragePlatform platform = open(adapter)) {
      fill(platform, store);
      assertFull(platform.store(type(store), OPTIONS));

      SweepReport report =
          platform.maintenance(type(store), OPTIONS).sweep(SweepOptions.defaults());

      assertThat(report.isHeld()).isFalse();
      assertThat(report.isComplete()).isTrue();
      assertThat(report.removed()).isEqualTo(DEAD);
    } finally {
      configure("0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void aStoreIsOpenedReadAndRepairedByItsReaders(String adapter) throws Exception {
    String store = "read-" + adapter;
    try (StoragePlatform platform = open(adapter)) {
      fill(platform, store);
    }
    try (StoragePlatform platform = open(adapter)) {
      Storage<Document> things = platform.store(type(store), OPTIONS);
      assertFull(things);

      assertThat(things.list(where("kind").is("red"))).hasSize(LIVE);

      eventually().until(() -> things.estimateCount(where("kind").is("red")) == LIVE);
    } finally {
      configure("0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void itemsAreDeletedWithTheirEntries(String adapter) throws Exception {
    String store = "delete-" + adapter;
    try (StoragePlatform platform = open(adapter)) {
      fill(platform, store);
      Storage<Document> things = platform.store(type(store), OPTIONS);
      assertFull(things);

      assertThat(things.delete("i0")).isTrue();
      assertThat(things.deleteAll(List.of("i1", "i2"))).isEqualTo(2);
      assertThat(things.touch("i3", Duration.ofHours(1))).isTrue();
      assertThat(things.ttl("i3")).isNotEqualTo(TimeToLive.unlimited());
      assertThat(things.deleteWhere(where("kind").is("red"))).isEqualTo(LIVE - 3);
      assertThat(things.deleteOlderThan(Duration.ZERO)).isZero();

      eventually().until(() -> things.estimateCount(where("kind").is("red")) == 0);
    } finally {
      configure("0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void aRepairRemovesWhatIsDeadAndTellsWhatItCannotAdd(String adapter) throws Exception {
    String store = "repair-" + adapter;
    ItemType<Document> forgetful =
        ItemType.of(store, Document.class)
            .id(item -> item.id().orElse(null))
            .index("kind", item -> null)
            .build();
    try (StoragePlatform platform = open(adapter)) {
      platform.store(forgetful, OPTIONS).save(Docs.doc("id", "unindexed", "kind", "red"));
      fill(platform, store);
      Maintenance maintenance = platform.maintenance(type(store), OPTIONS);

      DoctorReport mended = maintenance.repair(progress -> {});

      assertThat(mended.count(Kind.DEAD_ENTRY)).isEqualTo(DEAD);
      assertThat(mended.count(Kind.MISSING_ENTRY)).isEqualTo(1);
      assertThat(mended.repaired()).isEqualTo(DEAD);
      assertThat(dead(maintenance)).isZero();
      configure("0");
      assertThat(maintenance.repair(progress -> {}).repaired()).isEqualTo(1);
      assertThat(maintenance.check(progress -> {}).isClean()).isTrue();
    } finally {
      configure("0");
    }
  }
}
