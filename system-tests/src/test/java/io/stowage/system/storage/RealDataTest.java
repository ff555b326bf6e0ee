package io.stowage.system.storage;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Cursor;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.api.WriteResult;
import io.stowage.testkit.storage.Docs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real chat messages go through each adapter and come back by id, session, thread, type and time,
 * newest first and in pages, and not at all once their TTL is over. What is expected is computed
 * from the file by plain loops.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class RealDataTest {

  @RegisterExtension static final RedisServer REDIS = RedisServer.bundled();

  private static StoragePlatform open(String adapter) {
    return adapter.equals("memory") ? StoragePlatform.open("memory:") : REDIS.open(adapter);
  }

  private static ItemType<Document> type(String store) {
    return ItemType.documents(store)
        .index("session_id", "thread_id", "type")
        .range("created_at")
        .orderedBy("created_at")
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "redis-lettuce", "redis-jedis"})
  void comesBackByEveryIndexInOrderAndInPages(String adapter) throws IOException {
    ChatMessages messages = ChatMessages.read();
    try (StoragePlatform platform = open(adapter)) {
      Storage<Document> store = platform.store(type("real-" + adapter));
      assertThat(store.saveAll(messages.all())).allMatch(WriteResult::isStored);

      assertThat(store.count(Query.all())).isEqualTo(messages.all().size());
      for (int i = 0; i < messages.all().size(); i += 997) {
        Document message = messages.all().get(i);
        assertThat(store.load(Docs.idOf(message))).contains(message);
        for (String field : List.of("session_id", "thread_id")) {
          Object value = message.asMap().get(field);
          assertThat(Docs.ids(store.list(where(field).is(value).newestFirst())))
              .as("%s %s", field, value)
              .isEqualTo(messages.newestFirst(ChatMessages.has(field, value)));
        }
      }
      List<String> ofUsers = messages.newestFirst(ChatMessages.has("type", "user_message"));
      assertThat(store.count(where("type").is("user_message"))).isEqualTo(ofUsers.size());
      assertThat(pages(store, where("type").is("user_message").newestFirst().limit(777)))
          .isEqualTo(ofUsers);

      long from = ChatMessages.createdAt(messages.all().get(5_000));
      long to = ChatMessages.createdAt(messages.all().get(5_400));
      assertThat(
              Docs.ids(
                  store.list(
                      where("created_at")
                          .atLeast(from)
                          .and("created_at")
                          .lessThan(to)
                          .newestFirst())))
          .isEqualTo(
              messages.newestFirst(
                  m -> ChatMessages.createdAt(m) >= from && ChatMessages.createdAt(m) < to));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "redis-lettuce", "redis-jedis"})
  void isGoneOnceItsTtlIsOver(String adapter) throws IOException {
    List<Document> all = ChatMessages.read().all();
    Set<Object> sessions =
        all.stream().map(m -> m.get("session_id")).limit(200).collect(Collectors.toSet());
    StoreOptions options = StoreOptions.builder().ttl(Ttl.absolute(Duration.ofSeconds(2))).build();
    try (StoragePlatform platform = open(adapter)) {
      Storage<Document> store = platform.store(type("gone-" + adapter), options);
      store.saveAll(all);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> store.ttl(Docs.idOf(all.get(all.size() - 1))).remaining().isEmpty());

      assertThat(store.list(Query.all())).isEmpty();
      assertThat(store.count(where("type").in(List.of("user_message", "system_message")))).isZero();
      for (Object session : sessions) {
        assertThat(store.list(where("session_id").is(session))).isEmpty();
      }
      assertThat(store.load(Docs.idOf(all.get(0)))).isEmpty();
    }
  }

  private static List<String> pages(Storage<Document> store, Query query) {
    List<String> ids = new ArrayList<>();
    Page<Document> page = store.page(query);
    ids.addAll(Docs.ids(page.items()));
    while (page.next().isPresent()) {
      Cursor next = page.next().get();
      page = store.page(query, next);
      ids.addAll(Docs.ids(page.items()));
    }
    return ids;
  }
}
