package io.stowage.system.coding;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Compression;
import io.stowage.api.DictionaryOptions;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** What an encrypted store shows to somebody who can read all of its Redis. */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class SecrecyTest {

  private static final int ITEMS = 2_000;
  private static final String SECRET = "ada.lovelace@example.com";

  private static Document person(int i) {
    return Document.of(
        Map.of(
            "id",
            "p" + i,
            "email",
            i == 7 ? SECRET : "person" + i + "@example.com",
            "city",
            "Wolverhampton",
            "notes",
            "Asked whether Wolverhampton is reachable by train number " + i));
  }

  /** Everything that the server has, as it would write it to a disk. */
  private static String dump(EmbeddedRedis redis) throws IOException {
    try (Jedis raw = Connections.raw(redis)) {
      raw.save();
    }
    return Files.readString(redis.dataDirectory().resolve("dump.rdb"), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "msgpack", "kryo"})
  void plainValuesAreNowhereInRedis(String codec) throws IOException {
    ItemType<Document> type = ItemType.documents("people").blindIndex("email", "city").build();
    Coding coding = new Coding(Coding.codec(codec), Compression.zstd(), false, true);
    StoreOptions options =
        StoreOptions.builder()
            .compression(coding.compression())
            .encryption(coding.keys().orElseThrow())
            .scanPolicy(ScanPolicy.FORBID)
            .gracePeriod(Duration.ofMillis(200))
            .build();
    try (EmbeddedRedis redis = EmbeddedRedis.builder().setting("rdbcompression", "no").start();
        StoragePlatform platform =
            StowagePlatform.over(Connections.open("redis-jedis", redis.uri()), coding.codec())) {
      Storage<Document> people = platform.store(type, options);
      List<Document> all = new ArrayList<>();
      for (int i = 0; i < ITEMS; i++) {
        all.add(person(i));
      }
      people.saveAll(all);
      Maintenance maintenance = platform.maintenance(type, options);
      int dictionary =
          maintenance.trainDictionary(new DictionaryOptions(8_192, 1_000), progress -> {}).number();
      Storage<Document> trained = platform.store(type, options);
      trained.saveAll(all);
      maintenance.rotateKeys(progress -> {});

      assertThat(trained.list(where("email").is(SECRET))).containsExactly(person(7));
      assertThat(trained.count(where("city").is("Wolverhampton"))).isEqualTo(ITEMS);
      assertThat(maintenance.inspect("p7").orElseThrow().dictionary()).hasValue(dictionary);
      String everything = dump(redis);
      assertThat(everything.contains("p1999")).as("ids are there, so the dump is read").isTrue();
      for (String secret : List.of(SECRET, "lovelace", "Wolverhampton", "reachable by")) {
        assertThat(everything.contains(secret)).as(secret).isFalse();
      }
      assertThat(trained.deleteWhere(where("email").is(SECRET))).isEqualTo(1);
      assertThat(
              platform
                  .store(type, options.toBuilder().scanPolicy(ScanPolicy.ALLOW).build())
                  .count(Query.all()))
          .isEqualTo(ITEMS - 1);
    }
  }
}
