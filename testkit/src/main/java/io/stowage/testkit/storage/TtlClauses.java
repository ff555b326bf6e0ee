package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.TimeToLive;
import io.stowage.api.Ttl;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The TTL strategies. Where a TTL must end it is short and the tests poll; where it must be longer
 * or shorter than another they differ by minutes, so that no pause of the machine can matter.
 */
interface TtlClauses extends Clauses {

  /** A TTL that ends while a test waits for it. */
  Duration SHORT = Duration.ofMillis(250);

  private static Duration remaining(Storage<?> storage, String id) {
    return storage.ttl(id).remaining().orElseThrow();
  }

  private void awaitEnd(Storage<?> storage, String id) {
    eventually().until(() -> !storage.exists(id));
  }

  @Clause
  default void s127_noTtl() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a"));

    assertThat(storage.ttl("a")).isEqualTo(TimeToLive.unlimited());
    assertThat(storage.ttl("missing")).isEqualTo(TimeToLive.absent());
    storage.delete("a");
    assertThat(storage.ttl("a")).isEqualTo(TimeToLive.absent());
  }

  @Clause
  default void s128_absoluteTtl() {
    Storage<Document> storage = stores().expiring(Ttl.absolute(Duration.ofHours(1)));
    storage.save(doc("id", "a", "session", "s"));
    assertThat(remaining(storage, "a")).isBetween(Duration.ofMinutes(50), Duration.ofHours(1));

    storage.touch("a", Duration.ofMinutes(10));
    storage.load("a");
    storage.list(where("session").is("s"));
    assertThat(remaining(storage, "a")).isLessThanOrEqualTo(Duration.ofMinutes(10));

    storage.save(doc("id", "a", "session", "s"));
    assertThat(remaining(storage, "a")).isGreaterThan(Duration.ofMinutes(50));
  }

  @Clause
  default void s129_expiredItemIsNowhere() {
    Storage<Document> storage = stores().expiring(Ttl.absolute(SHORT));
    storage.save(doc("id", "a", "session", "s"));
    awaitEnd(storage, "a");

    assertThat(storage.load("a")).isEmpty();
    assertThat(storage.loadVersioned("a")).isEmpty();
    assertThat(storage.loadAll(List.of("a"))).isEmpty();
    assertThat(storage.ttl("a")).isEqualTo(TimeToLive.absent());
    assertThat(storage.delete("a")).isFalse();
    assertThat(storage.touch("a", Duration.ofHours(1))).isFalse();
    assertThat(storage.update("a", item -> item).status()).isEqualTo(Status.ABSENT);
    assertThat(storage.exists("a")).isFalse();
  }

  @Clause
  default void s130_indexAfterExpiry() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(doc("id", "stays", "session", "s"));
    storage.save(doc("id", "ends", "session", "s"));
    storage.touch("ends", SHORT);
    Query query = where("session").is("s");

    eventually()
        .until(
            () -> {
              boolean ended = !storage.exists("ends");
              List<Document> found = storage.list(query);
              assertThat(found).doesNotContainNull().hasSizeBetween(1, ended ? 1 : 2);
              assertThat(storage.count(query)).isBetween(1L, ended ? 1L : 2L);
              return ended;
            });

    assertThat(ids(storage, query)).containsExactly("stays");
    assertThat(ids(storage, query.newestFirst().limit(1))).containsExactly("stays");
    assertThat(Docs.pagedIds(storage, query.newestFirst().limit(1))).containsExactly("stays");
    assertThat(Docs.streamedIds(storage, query)).containsExactly("stays");
    assertThat(ids(storage, Query.all())).containsExactly("stays");
    assertThat(storage.count(query)).isEqualTo(1);
    assertThat(storage.count(Query.all())).isEqualTo(1);
    assertThat(storage.estimateCount(query)).isGreaterThanOrEqualTo(1);
    assertThat(storage.deleteWhere(query)).isEqualTo(1);
  }

  @Clause
  default void s131_insertAfterExpiry() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(doc("id", "a", "session", "old"));
    storage.touch("a", SHORT);
    awaitEnd(storage, "a");

    assertThat(storage.insert(doc("id", "a", "session", "new")).status()).isEqualTo(Status.STORED);
    assertThat(ids(storage, where("session").is("new"))).containsExactly("a");
    assertThat(ids(storage, where("session").is("old"))).isEmpty();
    assertThat(storage.ttl("a").isUnlimited()).isTrue();
  }

  @Clause
  default void s132_slidingTtlBeginsAgain() {
    Storage<Document> storage = stores().expiring(Ttl.sliding(Duration.ofHours(1)));
    storage.save(doc("id", "a", "session", "s"));
    Query query = where("session").is("s");
    Map<String, Runnable> reads =
        Map.of(
            "load", () -> storage.load("a"),
            "loadVersioned", () -> storage.loadVersioned("a"),
            "loadAll", () -> storage.loadAll(List.of("a")),
            "list", () -> storage.list(query),
            "page", () -> storage.page(query),
            "stream", () -> consume(storage.stream(query)),
            "save", () -> storage.save(doc("id", "a", "session", "s")));
    reads.forEach(
        (name, read) -> {
          storage.touch("a", Duration.ofMinutes(10));
          read.run();
          assertThat(remaining(storage, "a")).as(name).isGreaterThan(Duration.ofMinutes(50));
        });
  }

  private static void consume(Stream<?> stream) {
    try (stream) {
      assertThat(stream.count()).isEqualTo(1);
    }
  }

  @Clause
  default void s133_slidingTtlIsNotExtendedByOthers() {
    Storage<Document> storage = stores().expiring(Ttl.sliding(Duration.ofHours(1)));
    storage.save(doc("id", "a", "session", "s"));
    storage.save(doc("id", "b", "session", "t"));
    storage.touch("a", Duration.ofMinutes(10));

    storage.exists("a");
    storage.ttl("a");
    storage.load("b");
    storage.list(where("session").is("t"));
    storage.count(where("session").is("s"));

    assertThat(remaining(storage, "a")).isLessThanOrEqualTo(Duration.ofMinutes(10));
  }

  @Clause
  default void s134_slidingTtlEnds() {
    Storage<Document> storage = stores().expiring(Ttl.sliding(SHORT));
    storage.save(doc("id", "a", "session", "s"));
    storage.load("a");

    awaitEnd(storage, "a");
    assertThat(storage.list(where("session").is("s"))).isEmpty();
  }

  @Clause
  default void s135_touch() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(doc("id", "a", "session", "s"));
    var before = storage.loadVersioned("a");

    assertThat(storage.touch("a", Duration.ofHours(2))).isTrue();
    assertThat(remaining(storage, "a")).isBetween(Duration.ofMinutes(110), Duration.ofHours(2));
    assertThat(storage.touch("a", Duration.ofMinutes(1))).isTrue();
    assertThat(remaining(storage, "a")).isLessThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(storage.touch("a", Ttl.MAX)).isTrue();
    assertThat(remaining(storage, "a")).isGreaterThan(Duration.ofDays(36_000));
    assertThat(storage.loadVersioned("a")).isEqualTo(before);
    assertThat(ids(storage, where("session").is("s"))).containsExactly("a");
    assertThat(storage.touch("missing", Duration.ofHours(2))).isFalse();
    assertThat(storage.exists("missing")).isFalse();
  }

  @Clause
  default void s136_touchOutOfBounds() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a"));

    for (Duration ttl :
        List.of(Duration.ZERO, Duration.ofMillis(-5), Ttl.MAX.plusMillis(1), Duration.ofNanos(1))) {
      assertThatThrownBy(() -> storage.touch("a", ttl))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(ttl.toString());
    }
    assertThat(storage.ttl("a").isUnlimited()).isTrue();
  }

  @Clause
  default void s137_ttlOfEveryWrite() {
    Storage<Document> storage = stores().expiring(Ttl.absolute(Duration.ofHours(1)));
    Duration least = Duration.ofMinutes(50);

    var inserted = storage.insert(doc("id", "a"));
    assertThat(remaining(storage, "a")).isGreaterThan(least);
    storage.touch("a", Duration.ofMinutes(1));
    storage.replace(doc("id", "a", "n", 1), inserted.storedVersion());
    assertThat(remaining(storage, "a")).isGreaterThan(least);
    storage.saveAll(List.of(doc("id", "b"), doc("id", "c")));
    assertThat(remaining(storage, "c")).isGreaterThan(least);
  }
}
