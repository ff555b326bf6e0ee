package io.stowage.system.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.numberedIds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.system.crash.RawStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations cost on one node: round trips, counted on the wire, and commands. */
@Tag("server")
class RoundTripTest {

  private static final Set<String> EXACT_INDEXES = Set.of("session", "thread", "type");
  private static final Set<String> RANGE_INDEXES = Set.of("turn");

  @RegisterExtension static final RedisServer REDIS = RedisServer.bundled();

  private static Storage<Document> open(StoragePlatform platform, String store) {
    ItemType<Document> type =
        ItemType.documents(store)
            .index(EXACT_INDEXES.toArray(String[]::new))
            .range(RANGE_INDEXES.toArray(String[]::new))
            .build();
    return platform.store(type);
  }

  private static List<Document> documents(int count) {
    return numberedIds(count).stream()
        .map(id -> doc("id", id, "session", "s", "thread", "t", "type", "x", "turn", 1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void roundTrips(String adapter) throws IOException {
    String store = "trips-" + adapter;
    try (RoundTripProxy proxy = RoundTripProxy.before(REDIS.port());
        StoragePlatform platform = RedisServer.open(adapter, proxy.uri())) {
      Storage<Document> storage = open(platform, store);
      RawStore raw = new RawStore("contract:" + store + ":", List.of(REDIS.port()));
      List<Document> thousand = documents(1_000);
      Document one = thousand.get(0);
      Query bySession = where("session").is("s");
      // The first calls may load scripts and open connections.
      storage.save(one);
      storage.save(one);
      storage.delete("i0000");
      storage.list(bySession);

      Trips trips = new Trips(proxy, storage, raw);
      // A write sends a command for each of the four indexes and one for each record.
      trips.assertAre("saveAll of 1,000", List.of(504, 504), it -> it.saveAll(thousand));
      trips.assertAre("save", List.of(5), it -> it.save(one));
      trips.assertAre("load", List.of(1), it -> it.load("i0000"));
      trips.assertAre("exists", List.of(1), it -> it.exists("i0000"));
      trips.assertAre("loadAll of 500", List.of(1), it -> it.loadAll(numberedIds(500)));
      trips.assertAre("loadAll of 1,000", List.of(1, 1), it -> it.loadAll(numberedIds(1_000)));
      trips.assertAre("insert", List.of(5), it -> it.insert(one));
      trips.assertAre("update", List.of(1, 5), it -> it.update("i0001", item -> item));
      trips.assertAre("list", List.of(1, 1), it -> it.list(bySession.newestFirst().limit(100)));
      trips.assertAre("page", List.of(1, 1), it -> it.page(bySession.limit(100)));
      trips.assertAre("delete", List.of(1), it -> it.delete("i0000"));
      trips.assertAre("deleteAll of 500", List.of(500), it -> it.deleteAll(numberedIds(500)));
    }
  }

  /** Operations of one store, and what is known about it by other ways. */
  private record Trips(RoundTripProxy proxy, Storage<Document> storage, RawStore raw) {

    /**
     * Runs an operation.
     *
     * @param expected how many commands each of its round trips has
     */
    void assertAre(String name, List<Integer> expected, Consumer<Storage<Document>> operation)
        throws IOException {
      awaitCleanedUp();
      List<Integer> actual;
      proxy.expect(expected);
      try {
        operation.accept(storage);
      } catch (StorageException e) {
        throw new AssertionError(
            "%s needs other round trips than of %s commands: %s"
                .formatted(name, expected, proxy.finish()),
            e);
      } finally {
        actual = proxy.finish();
      }
      assertThat(actual).as("commands in each round trip of %s", name).isEqualTo(expected);
    }

    /** Until nothing is left to be removed in the background, so that nothing is sent for it. */
    private void awaitCleanedUp() {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> raw.deadEntries(EXACT_INDEXES, RANGE_INDEXES) == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void commandsOfAList(String adapter) throws IOException {
    CommandStats stats = new CommandStats(REDIS.port());
    try (StoragePlatform platform = REDIS.open(adapter)) {
      Storage<Document> storage = open(platform, "commands-" + adapter);
      storage.saveAll(documents(100));

      Map<String, Long> before = stats.calls();
      assertThat(storage.list(where("session").is("s"))).hasSize(100);
      assertThat(stats.callsSince(before)).isEqualTo(Map.of("zrange", 1L, "mget", 1L));

      before = stats.calls();
      assertThat(storage.list(where("session").is("s").newestFirst().limit(20))).hasSize(20);
      assertThat(stats.callsSince(before)).isEqualTo(Map.of("zrange", 1L, "mget", 1L));
    }
  }
}
