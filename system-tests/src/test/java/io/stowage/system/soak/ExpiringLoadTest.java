package io.stowage.system.soak;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.system.support.Tier;
import io.stowage.testkit.storage.Docs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Up to 20,000 items a second are saved and expire, with four index entries each, in a store with
 * the sweeper as it is by default. The number of its entries stays bounded, however long that goes
 * on: {@code -Dstowage.load=PT60S} says how long.
 */
@Tag("one-jdk")
@Tag("slow")
class ExpiringLoadTest {

  private static final Duration LENGTH =
      Duration.parse(System.getProperty("stowage.load", Tier.choose("PT4S", "PT4S", "PT1M")));
  private static final int ITEMS_PER_SECOND = 20_000;
  private static final int ITEMS_AT_ONCE = 500;
  private static final Query ALL = where("all").is("yes");

  /** Items that live or are younger than the grace period, those of one sweep, and some time. */
  private static final long BOUND = 2L * ITEMS_PER_SECOND;

  private static final StoreOptions OPTIONS =
      StoreOptions.builder()
          .ttl(Ttl.absolute(Duration.ofMillis(200)))
          .gracePeriod(Duration.ofMillis(300))
          .build();

  @Test
  void inMemory() {
    load("memory:", "memory");
  }

  @Test
  @Tag("server")
  void onAServer() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      load(redis.uri(), "redis-lettuce");
    }
  }

  private static void load(String uri, String adapter) {
    ItemType<Document> type =
        ItemType.documents("expiring").index("all", "kind", "session").range("n").build();
    try (StoragePlatform platform = StoragePlatform.builder().uri(uri).adapter(adapter).open()) {
      Storage<Document> storage = platform.store(type, OPTIONS);
      long most = 0;
      int saved = 0;
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < LENGTH.toNanos()) {
        storage.saveAll(items(saved));
        saved += ITEMS_AT_ONCE;
        most = Math.max(most, storage.estimateCount(ALL));
        await(begin + TimeUnit.SECONDS.toNanos(saved) / ITEMS_PER_SECOND);
      }
      System.out.printf(
          "ExpiringLoadTest %s: %d items in %s, at most %d of them in an index, %d at the end%n",
          adapter, saved, LENGTH, most, storage.estimateCount(ALL));
      assertThat(most).as("entries of %s items in one index", saved).isLessThan(BOUND);
    }
  }

  private static List<Document> items(int from) {
    return IntStream.range(from, from + ITEMS_AT_ONCE)
        .mapToObj(
            n ->
                Docs.doc(
                    "id",
                    "i" + n,
                    "all",
                    "yes",
                    "kind",
                    "k" + n % 7,
                    "session",
                    "s" + n / 50,
                    "n",
                    n))
        .toList();
  }

  private static void await(long nanoTime) {
    long left = nanoTime - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanoTime - System.nanoTime();
    }
  }
}
