package io.stowage.system.coding;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Compression;
import io.stowage.api.DictionaryOptions;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/**
 * All data is removed ({@code FLUSHALL}) while programs have a store open whose values need more
 * than themselves: a dictionary, numbered names, the secret of a blind index. They go on together,
 * and with those who come later.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class RemovedDataTest {

  private static final Duration GRACE = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ItemType<Document> TYPE =
      ItemType.documents("people").blindIndex("city").build();

  private static Document person(String id) {
    return Document.of(
        Map.of("id", id, "city", "Paris", "notes", "Asked for a table for two tonight, " + id));
  }

  private static StoreOptions options(Coding coding) {
    return StoreOptions.builder()
        .compression(coding.compression())
        .encryption(coding.keys().orElseThrow())
        .scanPolicy(ScanPolicy.FORBID)
        .gracePeriod(GRACE)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "kryo"})
  void thoseWhoHaveTheStoreOpenGoOn(String codec) {
    Coding coding =
        new Coding(Coding.codec(codec), Compression.zstd().withThreshold(0), false, true);
    StoreOptions options = options(coding);
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StoragePlatform one = open(redis, coding);
        StoragePlatform two = open(redis, coding);
        Jedis raw = Connections.raw(redis)) {
      Storage<Document> first = one.store(TYPE, options);
      Storage<Document> second = two.store(TYPE, options);
      List<Document> people = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        people.add(person("p" + i));
      }
      first.saveAll(people);
      int trained =
          one.maintenance(TYPE, options)
              .trainDictionary(DictionaryOptions.defaults(), progress -> {})
              .number();
      await().atMost(LIMIT).until(() -> dictionary(one, options, second, "a") == trained);
      assertThat(second.count(where("city").is("Paris"))).isEqualTo(501);

      raw.flushAll();
      try (StoragePlatform three = open(redis, coding)) {
        Storage<Document> third = three.store(TYPE, options);
        // Until the lease of its definition ends, nobody need notice.
        await()
            .atMost(LIMIT)
            .untilAsserted(
                () -> {
                  List<Storage<Document>> all = List.of(first, second, third);
                  all.forEach(storage -> storage.saveAll(List.of(person("b"), person("c"))));
                  for (Storage<Document> storage : all) {
                    assertThat(dictionary(three, options, storage, "d")).isEqualTo(trained);
                    for (Storage<Document> reader : all) {
                      assertThat(reader.load("b")).contains(person("b"));
                      assertThat(reader.count(where("city").is("Paris"))).isEqualTo(3);
                    }
                  }
                });
        third.saveAll(people);
        assertThat(first.loadAll(ids(people))).hasSize(people.size());
      }
    }
  }

  private static List<String> ids(List<Document> documents) {
    return documents.stream().map(document -> document.id().orElseThrow()).toList();
  }

  /** The dictionary of an item that this one saves. */
  private static int dictionary(
      StoragePlatform platform, StoreOptions options, Storage<Document> storage, String id) {
    storage.save(person(id));
    OptionalInt number = platform.maintenance(TYPE, options).inspect(id).orElseThrow().dictionary();
    return number.orElse(0);
  }

  private static StoragePlatform open(EmbeddedRedis redis, Coding coding) {
    return StowagePlatform.over(Connections.open("redis-lettuce", redis.uri()), coding.codec());
  }
}
