package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.numberedIds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Deletes by condition and by age. */
interface BulkDeleteClauses extends Clauses {

  private Storage<Document> filled(int count) {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    List<String> ids = numberedIds(count);
    storage.saveAll(
        IntStream.range(0, count)
            .mapToObj(i -> doc("id", ids.get(i), "session", "s" + i % 2, "turn", i, "bare", i % 3))
            .toList());
    return storage;
  }

  @Clause
  default void s121_deleteWhere() {
    Storage<Document> storage = filled(12);

    assertThat(storage.deleteWhere(where("session").is("s0").and("turn").lessThan(6))).isEqualTo(3);
    assertThat(storage.deleteWhere(where("bare").is(1))).isEqualTo(3);
    assertThat(ids(storage, Query.all().oldestFirst()))
        .containsExactly("i0003", "i0005", "i0006", "i0008", "i0009", "i0011");
    assertThat(storage.deleteWhere(where("session").is("none"))).isZero();
  }

  @Clause
  default void s122_deleteWhereWithLimit() {
    Storage<Document> storage = filled(10);

    assertThat(storage.deleteWhere(where("session").is("s0").oldestFirst().limit(2))).isEqualTo(2);
    assertThat(storage.deleteWhere(Query.all().newestFirst().limit(3))).isEqualTo(3);
    assertThat(ids(storage, Query.all().oldestFirst()))
        .containsExactly("i0001", "i0003", "i0004", "i0005", "i0006");
  }

  @Clause
  default void s123_deleteWhereCleansIndexes() {
    Storage<Document> storage = filled(1_100);

    assertThat(storage.deleteWhere(where("session").is("s1"))).isEqualTo(550);
    assertThat(storage.count(where("session").is("s1"))).isZero();
    assertThat(storage.list(where("turn").is(1))).isEmpty();
    assertThat(storage.count(where("turn").atLeast(0))).isEqualTo(550);
    eventually()
        .untilAsserted(() -> assertThat(storage.estimateCount(where("session").is("s1"))).isZero());
    assertThat(storage.deleteWhere(Query.all())).isEqualTo(550);
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s124_deleteOlderThan() {
    Storage<Document> storage = filled(30);

    assertThat(storage.deleteOlderThan(Duration.ofHours(1))).isZero();
    assertThat(storage.count(Query.all())).isEqualTo(30);
    long[] removed = {0};
    eventually()
        .untilAsserted(
            () -> {
              removed[0] += storage.deleteOlderThan(Duration.ZERO);
              assertThat(storage.count(Query.all())).isZero();
            });
    assertThat(removed[0]).isEqualTo(30);
    assertThat(storage.list(where("session").is("s0"))).isEmpty();
  }

  @Clause
  default void s125_deleteOlderThanCountsFromTheLastSave() {
    Storage<Document> storage = filled(2);
    long savedAt = System.nanoTime();
    Duration[] age = {Duration.ofMillis(300)};
    eventually().until(() -> System.nanoTime() - savedAt > age[0].plusMillis(50).toNanos());
    // Should save and delete take longer than the age on a busy machine, or the storage's clock
    // have
    // been ahead at the first save, another round; each takes longer than the one before.
    eventually()
        .until(
            () -> {
              long again = System.nanoTime();
              storage.save(doc("id", "i0001", "session", "s1", "turn", 1));
              storage.deleteOlderThan(age[0]);
              boolean isInTime = System.nanoTime() - again < age[0].toNanos();
              age[0] = isInTime ? age[0] : age[0].multipliedBy(2);
              return isInTime && !storage.exists("i0000");
            });

    assertThat(ids(storage, Query.all())).containsExactly("i0001");
  }

  @Clause
  default void s126_negativeAge() {
    Storage<Document> storage = filled(2);

    assertThatThrownBy(() -> storage.deleteOlderThan(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT-0.001S");
    assertThat(storage.count(Query.all())).isEqualTo(2);
  }
}
