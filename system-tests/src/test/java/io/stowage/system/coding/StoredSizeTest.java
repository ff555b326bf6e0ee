package io.stowage.system.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Compression;
import io.stowage.api.DictionaryOptions;
import io.stowage.api.Document;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.core.StowagePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.serialization.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** What an item with three indexes and a TTL takes in the memory of a Redis server. */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class StoredSizeTest {

  private static final int ITEMS = 100_000;
  private static final int BATCH = 1_000;
  private static final Duration LIFE = Duration.ofDays(1);
  private static final StoreOptions PLAIN =
      StoreOptions.builder()
          .ttl(Ttl.absolute(LIFE))
          .gracePeriod(Duration.ofMillis(200))
          .sweepEvery(Duration.ZERO)
          .build();

  private EmbeddedRedis redis;
  private Jedis raw;
  private StoragePlatform platform;

  @BeforeEach
  void start() {
    redis = EmbeddedRedis.start();
    raw = Connections.raw(redis);
    platform = StowagePlatform.over(Connections.open("redis-jedis", redis.uri()), new JsonCodec());
  }

  @AfterEach
  void stop() {
    platform.close();
    raw.close();
    redis.close();
  }

  private long usedMemory() {
    String info = raw.info("memory");
    int begin = info.indexOf("used_memory:") + "used_memory:".length();
    return Long.parseLong(info.substring(begin, info.indexOf('\r', begin)));
  }

  private void fill(Storage<Document> storage) {
    Messages messages = new Messages(7);
    List<Document> batch = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      batch.add(messages.message(i));
      if (batch.size() == BATCH) {
        storage.saveAll(batch);
        batch.clear();
      }
    }
  }

  /** The same JSON under short keys, without any index. */
  private double bytesOfBareSet() {
    JsonCodec codec = new JsonCodec();
    Messages messages = new Messages(7);
    long before = usedMemory();
    long bytes = 0;
    SetParams life = SetParams.setParams().ex(LIFE.toSeconds());
    for (int i = 0; i < ITEMS; i++) {
      Document message = messages.message(i);
      byte[] json = codec.encode(message.asMap());
      bytes += json.length;
      raw.set(
          ("stowage:bare:item:" + message.id().orElseThrow()).getBytes(StandardCharsets.UTF_8),
          json,
          life);
    }
    double each = (usedMemory() - before) / (double) ITEMS;
    System.out.printf("JSON %d bytes, bare SET %.0f bytes an item%n", bytes / ITEMS, each);
    raw.flushAll();
    return each;
  }

  @Test
  void anItemTakesLittleMoreThanItsJson() {
    double bare = bytesOfBareSet();
    long before = usedMemory();
    fill(platform.store(Messages.type("plain"), PLAIN));
    double json = (usedMemory() - before) / (double) ITEMS;
    System.out.printf("as JSON %.0f bytes an item%n", json);
    assertThat(json).isLessThanOrEqualTo(1_250);
    raw.flushAll();

    StoreOptions zstd = PLAIN.toBuilder().compression(Compression.zstd(9)).build();
    Storage<Document> trained = platform.store(Messages.type("trained"), zstd);
    Messages samples = new Messages(8);
    for (int i = 0; i < 5_000; i += BATCH) {
      List<Document> batch = new ArrayList<>();
      for (int k = i; k < i + BATCH; k++) {
        batch.add(samples.message(k));
      }
      trained.saveAll(batch);
    }
    platform
        .maintenance(Messages.type("trained"), zstd)
        .trainDictionary(new DictionaryOptions(32_768, 5_000), progress -> {});
    trained.deleteOlderThan(Duration.ZERO);
    Storage<Document> compressed = platform.store(Messages.type("trained"), zstd);
    long emptied = usedMemory();
    fill(compressed);
    double dictionary = (usedMemory() - emptied) / (double) ITEMS;
    System.out.printf("with the dictionary %.0f bytes an item%n", dictionary);
    assertThat(dictionary).isLessThanOrEqualTo(780);
    assertThat(dictionary).as("less than a bare SET").isLessThan(bare);
  }
}
