package io.stowage.system.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.numberedIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operations cost on one node: round trips, counted on the wire, and commands. */
class RoundTripTest {

  @RegisterExtension static final RedisServer REDIS = RedisServer.bundled();

  private static Storage<Document> open(StoragePlatform platform, String store) {
    ItemType<Document> type =
        ItemType.documents(store).index("session", "thread", "type").range("turn").build();
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
    try (RoundTripProxy proxy = RoundTripProxy.before(REDIS.port());
        StoragePlatform platform = RedisServer.open(adapter, proxy.uri())) {
      Storage<Document> storage = open(platform, "trips-" + adapter);
      List<Document> thousand = documents(1_000);
      Document one = thousand.get(0);
      Query bySession = where("session").is("s");
      // The first calls may load scripts and open connections.
      storage.save(one);
      storage.save(one);
      storage.delete("i0000");
      storage.list(bySession);
      proxy.awaitIdle();

      assertTrips(proxy, storage, "saveAll of 1,000", 2, it -> it.saveAll(thousand));
      assertTrips(proxy, storage, "save", 1, it -> it.save(one));
      assertTrips(proxy, storage, "load", 1, it -> it.load("i0000"));
      assertTrips(proxy, storage, "exists", 1, it -> it.exists("i0000"));
      assertTrips(proxy, storage, "loadAll of 500", 1, it -> it.loadAll(numberedIds(500)));
      assertTrips(proxy, storage, "loadAll of 1,000", 2, it -> it.loadAll(numberedIds(1_000)));
      assertTrips(proxy, storage, "insert", 1, it -> it.insert(one));
      assertTrips(proxy, storage, "update", 2, it -> it.update("i0001", item -> item));
      assertTrips(proxy, storage, "list", 2, it -> it.list(bySession.newestFirst().limit(100)));
      assertTrips(proxy, storage, "page", 2, it -> it.page(bySession.limit(100)));
      assertTrips(proxy, storage, "delete", 1, it -> it.delete("i0000"));
      assertTrips(proxy, storage, "deleteAll of 500", 1, it -> it.deleteAll(numberedIds(500)));
    }
  }

  private static void assertTrips(
      RoundTripProxy proxy,
      Storage<Document> storage,
      String name,
      int expected,
      Consumer<Storage<Document>> operation) {
    proxy.awaitIdle();
    int before = proxy.roundTrips();

    operation.accept(storage);

    assertThat(proxy.roundTrips() - before).as("round trips of %s", name).isEqualTo(expected);
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
