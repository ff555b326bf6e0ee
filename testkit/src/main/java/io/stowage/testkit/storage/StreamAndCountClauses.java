package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.numberedIds;
import static io.stowage.testkit.storage.Docs.streamedIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Streams, counts and estimates. */
interface StreamAndCountClauses extends Clauses {

  private Storage<Document> filled(List<String> ids, int batchSize) {
    Storage<Document> storage =
        stores()
            .documents(
                StoreOptions.builder().batchSize(batchSize).build(), type -> type.index("session"));
    storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s", "text", "t")).toList());
    return storage;
  }

  @Clause
  default void s113_streamOverSeveralBatches() {
    List<String> ids = numberedIds(170);
    Storage<Document> storage = filled(ids, 50);

    for (Query query : List.of(where("session").is("s"), where("text").is("t"), Query.all())) {
      assertThat(streamedIds(storage, query)).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @Clause
  default void s114_streamKeepsOrderAndLimit() {
    List<String> ids = numberedIds(170);
    List<String> newest = new ArrayList<>(ids);
    Collections.reverse(newest);
    Storage<Document> storage = filled(ids, 50);

    for (Query query : List.of(where("session").is("s"), where("text").is("t"))) {
      assertThat(streamedIds(storage, query.oldestFirst())).isEqualTo(ids);
      assertThat(streamedIds(storage, query.newestFirst().limit(120)))
          .isEqualTo(newest.subList(0, 120));
    }
  }

  @Clause
  default void s115_streamClosedEarly() {
    Storage<Document> storage = filled(numberedIds(170), 50);
    for (int i = 0; i < 50; i++) {
      try (Stream<Document> stream = storage.stream(where("session").is("s"))) {
        assertThat(stream.limit(3).count()).isEqualTo(3);
      }
    }
    try (Stream<Document> unused = storage.stream(Query.all())) {
      assertThat(unused).isNotNull();
    }

    assertThat(storage.count(Query.all())).isEqualTo(170);
  }

  @Clause
  default void s116_streamWhileItemsAreDeleted() {
    List<String> ids = numberedIds(200);
    Storage<Document> storage = filled(ids, 20);
    for (Query query : List.of(where("session").is("s").oldestFirst(), where("session").is("s"))) {
      List<String> seen = new ArrayList<>();
      List<String> gone = List.of();
      try (Stream<Document> stream = storage.stream(query)) {
        Iterator<Document> items = stream.iterator();
        for (int i = 0; i < 10; i++) {
          seen.add(Docs.idOf(items.next()));
        }
        gone = ids.stream().filter(id -> id.endsWith("4") && !seen.contains(id)).toList();
        storage.deleteAll(gone);
        items.forEachRemaining(item -> seen.add(Docs.idOf(item)));
      }
      List<String> stayed = new ArrayList<>(ids);
      stayed.removeAll(gone);
      assertThat(seen).doesNotHaveDuplicates().containsAll(stayed);
      assertThat(seen.stream().filter(gone::contains).count())
          .as("deleted items in the stream: at most those that were in memory")
          .isLessThan(gone.size());
      storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s", "text", "t")).toList());
    }
  }

  @Clause
  default void s117_countIsExact() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    storage.saveAll(
        IntStream.range(0, 130)
            .mapToObj(i -> doc("id", "i" + i, "session", "s" + i % 2, "turn", i, "bare", i % 3))
            .toList());

    assertThat(storage.count(Query.all())).isEqualTo(130);
    assertThat(storage.count(where("session").is("s1").newestFirst().limit(3))).isEqualTo(65);
    assertThat(storage.count(where("turn").lessThan(30))).isEqualTo(30);
    assertThat(storage.count(where("bare").is(0))).isEqualTo(44);
    assertThat(storage.count(where("session").is("s0").and("bare").is(0))).isEqualTo(22);
    assertThat(storage.count(where("session").in(List.of("s0", "s1", "s2")))).isEqualTo(130);
  }

  @Clause
  default void s118_countAfterChanges() {
    Storage<Document> storage = stores().indexed("session");
    for (int i = 0; i < 40; i++) {
      storage.save(doc("id", "i" + i % 10, "session", "s" + i % 4));
      assertThat(sumOfCounts(storage)).isEqualTo(Math.min(i + 1, 10));
    }
    storage.delete("i3");
    assertThat(sumOfCounts(storage)).isEqualTo(9);
    assertThat(storage.count(Query.all())).isEqualTo(9);
  }

  private static long sumOfCounts(Storage<Document> storage) {
    return IntStream.range(0, 4).mapToLong(i -> storage.count(where("session").is("s" + i))).sum();
  }

  @Clause
  default void s119_estimateIsNeverLess() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    for (int i = 0; i < 60; i++) {
      storage.save(doc("id", "i" + i % 20, "session", "s" + i % 3, "turn", i % 7, "bare", i % 2));
    }
    storage.delete("i7");

    for (Query query :
        List.of(
            Query.all(),
            where("session").is("s1"),
            where("session").in(List.of("s0", "s1")),
            where("turn").atLeast(3),
            where("bare").is(1),
            where("session").is("s2").and("bare").is(1),
            where("session").isNot("s2"))) {
      assertThat(storage.estimateCount(query))
          .as("%s", query)
          .isGreaterThanOrEqualTo(storage.count(query));
    }
  }

  @Clause
  default void s120_emptyStore() {
    Storage<Document> storage = stores().indexed("session");

    for (Query query : List.of(Query.all(), where("session").is("s"), where("x").is(1))) {
      assertThat(storage.list(query)).isEmpty();
      assertThat(storage.list(query.newestFirst().limit(5))).isEmpty();
      assertThat(storage.page(query).items()).isEmpty();
      assertThat(storage.page(query).next()).isEmpty();
      assertThat(streamedIds(storage, query)).isEmpty();
      assertThat(storage.count(query)).isZero();
      assertThat(storage.estimateCount(query)).isZero();
      assertThat(storage.deleteWhere(query)).isZero();
    }
    assertThat(ids(storage, Query.all())).isEmpty();
  }
}
