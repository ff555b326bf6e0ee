package io.stowage.system.coding;

import static io.stowage.api.Query.matching;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Compression;
import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.ItemType;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.system.support.Tier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * What is stored is changed at random behind the store's back: 200,000 times a record is cut,
 * flipped, spliced with another or put under another id. Each is then read as the item that it was,
 * or reported as corrupted, and the store goes on.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("soak")
class DamagedRecordsTest {

  private static final int ITEMS = 500;
  private static final int MUTATIONS = Tier.choose(20_000, 200_000, 1_000_000);
  private static final byte[] HUGE = ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array();

  private final long seed = Long.getLong("stowage.seed", 20_261_123);
  private final Random random = new Random(seed);

  private static String key(String store, String id) {
    return "stowage:" + store + ":item:" + id;
  }

  /** Stores of every codec, compressed and not, encrypted and not. */
  private static List<Coding> codings() {
    List<Coding> codings = new ArrayList<>();
    for (String codec : List.of("json", "msgpack", "kryo")) {
      codings.add(new Coding(Coding.codec(codec), Compression.none(), false, false));
      codings.add(new Coding(Coding.codec(codec), Compression.zstd(), false, true));
    }
    codings.add(new Coding(Coding.codec("json"), Compression.gzip(), false, false));
    codings.add(new Coding(Coding.codec("json"), Compression.lz4(), false, false));
    return codings;
  }

  @Test
  @Timeout(300)
  void aChangedRecordIsTheItemThatItWasOrCorrupted() {
    System.out.println("aChangedRecordIsTheItemThatItWasOrCorrupted seed " + seed);
    int reported = 0;
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Jedis raw = Connections.raw(redis)) {
      List<Coding> codings = codings();
      for (int i = 0; i < codings.size(); i++) {
        reported += damage(redis, raw, codings.get(i), "s" + i, MUTATIONS / codings.size());
      }
    }
    assertThat(reported).isBetween(MUTATIONS / 2, MUTATIONS);
  }

  private int damage(EmbeddedRedis redis, Jedis raw, Coding coding, String store, int mutations) {
    ItemType<Document> type = Messages.type(store);
    StoreOptions.Builder options =
        StoreOptions.builder().compression(coding.compression()).sweepEvery(Duration.ZERO);
    coding.keys().ifPresent(options::encryption);
    try (StoragePlatform platform =
        StowagePlatform.over(Connections.open("redis-jedis", redis.uri()), coding.codec())) {
      Storage<Document> storage = platform.store(type, options.build());
      Messages messages = new Messages(seed);
      Map<String, Document> items = new HashMap<>();
      for (int i = 0; i < ITEMS; i++) {
        Document message = messages.message(i);
        items.put(message.id().orElseThrow(), message);
      }
      storage.saveAll(items.values());
      List<String> ids = List.copyOf(items.keySet());
      List<byte[]> records =
          ids.stream().map(id -> raw.get(key(store, id).getBytes(StandardCharsets.UTF_8))).toList();
      int reported = 0;
      for (int done = 0; done < mutations; done += ITEMS) {
        try (Pipeline pipeline = raw.pipelined()) {
          for (int i = 0; i < ITEMS; i++) {
            pipeline.set(
                key(store, ids.get(i)).getBytes(StandardCharsets.UTF_8), mutated(records, i));
          }
        }
        reported += check(storage, ids, items);
      }
      return reported;
    }
  }

  private byte[] mutated(List<byte[]> records, int place) {
    byte[] record = records.get(place).clone();
    byte[] other = records.get(random.nextInt(records.size()));
    switch (random.nextInt(7)) {
      case 0 -> record = Arrays.copyOf(record, 1 + random.nextInt(record.length));
      case 1 -> record[random.nextInt(record.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> record[random.nextInt(record.length)] = (byte) random.nextInt(256);
      case 3 -> {
        int cut = random.nextInt(Math.min(record.length, other.length));
        System.arraycopy(other, cut, record, cut, Math.min(record.length, other.length) - cut);
      }
      case 4 -> record = other.clone();
      case 5 -> System.arraycopy(HUGE, 0, record, random.nextInt(record.length - HUGE.length), 4);
      default -> {
        byte[] longer = Arrays.copyOf(record, record.length + 1 + random.nextInt(64));
        Arrays.fill(longer, record.length, longer.length, (byte) random.nextInt(256));
        record = longer;
      }
    }
    return record;
  }

  private static int check(
      Storage<Document> storage, List<String> ids, Map<String, Document> items) {
    Set<String> reported = new HashSet<>();
    List<Document> found =
        storage.list(
            matching(Filter.in("id", ids)),
            corrupted -> {
              assertThat(corrupted.store()).isEqualTo(storage.name());
              assertThat(corrupted.getMessage()).contains(corrupted.id());
              assertThat(reported.add(corrupted.id())).isTrue();
            });
    for (Document item : found) {
      assertThat(item).isEqualTo(items.get(item.id().orElseThrow()));
    }
    assertThat(found.size() + reported.size()).isEqualTo(ids.size());
    return reported.size();
  }
}
