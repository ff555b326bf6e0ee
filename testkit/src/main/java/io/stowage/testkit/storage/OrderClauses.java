package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.numberedIds;
import static io.stowage.testkit.storage.Docs.pagedIds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.QueryReport;
import io.stowage.api.Storage;
import io.stowage.api.Version;
import io.stowage.testkit.contract.Clause;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The order of items, and limits. */
interface OrderClauses extends Clauses {

  @Clause
  default void s093_orderBySave() {
    Storage<Document> storage = stores().indexed("session");
    for (String id : List.of("c", "a", "b", "d")) {
      storage.save(doc("id", id, "session", "s"));
    }
    storage.save(doc("id", "a", "session", "s", "again", true));

    for (Query query : List.of(Query.all(), where("session").is("s"))) {
      assertThat(ids(storage, query.oldestFirst())).containsExactly("c", "b", "d", "a");
      assertThat(ids(storage, query.newestFirst())).containsExactly("a", "d", "b", "c");
    }
  }

  @Clause
  default void s094_orderWithinABatch() {
    Storage<Document> storage = stores().indexed("session");
    List<String> ids = new ArrayList<>(numberedIds(600));
    Collections.reverse(ids);
    storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s")).toList());

    assertThat(ids(storage, where("session").is("s").oldestFirst())).isEqualTo(ids);
  }

  @Clause
  default void s095_orderByField() {
    Storage<Document> storage = stores().documents(type -> type.index("session").orderedBy("turn"));
    storage.save(doc("id", "b", "session", "s", "turn", 2.5));
    storage.save(doc("id", "c", "session", "s", "turn", 10));
    storage.save(doc("id", "a", "session", "s", "turn", -7));

    for (Query query : List.of(Query.all(), where("session").is("s"))) {
      assertThat(ids(storage, query.oldestFirst())).containsExactly("a", "b", "c");
      assertThat(ids(storage, query.newestFirst())).containsExactly("c", "b", "a");
    }
    storage.save(doc("id", "a", "session", "s", "turn", 11));
    assertThat(ids(storage, where("session").is("s").oldestFirst())).containsExactly("b", "c", "a");
  }

  @Clause
  default void s096_orderByMoment() {
    Storage<Note> storage = stores().notes();
    storage.saveAll(List.of(Note.of("b", "s", 20), Note.of("a", "s", 10), Note.of("c", "s", 30)));

    assertThat(storage.list(where("session_id").is("s").newestFirst()))
        .extracting(Note::id)
        .containsExactly("c", "b", "a");
    assertThat(storage.list(where("session_id").is("s").oldestFirst().limit(2)))
        .extracting(Note::id)
        .containsExactly("a", "b");
  }

  @Clause
  default void s097_orderFieldMissing() {
    Storage<Document> storage = stores().documents(type -> type.index("session").orderedBy("turn"));
    storage.save(doc("id", "b", "session", "s", "turn", -5));
    storage.save(doc("id", "null", "session", "s", "turn", null));
    storage.save(doc("id", "none", "session", "s"));
    storage.save(doc("id", "text", "session", "s", "turn", "x"));

    List<String> oldest = ids(storage, where("session").is("s").oldestFirst());
    assertThat(oldest.subList(0, 3)).containsExactlyInAnyOrder("null", "none", "text");
    assertThat(oldest.get(3)).isEqualTo("b");
    assertThat(ids(storage, Query.all().oldestFirst())).isEqualTo(oldest);
  }

  @Clause
  default void s098_ties() {
    Storage<Document> storage = stores().documents(type -> type.index("session").orderedBy("turn"));
    for (int i : List.of(5, 3, 8, 1, 9, 2, 7)) {
      storage.save(doc("id", "i" + i, "session", "s", "turn", i % 2));
    }
    Query query = where("session").is("s");

    List<String> oldest = ids(storage, query.oldestFirst());
    List<String> newest = new ArrayList<>(oldest);
    Collections.reverse(newest);
    assertThat(ids(storage, query.newestFirst())).isEqualTo(newest);
    assertThat(pagedIds(storage, query.oldestFirst().limit(2))).isEqualTo(oldest);
    assertThat(pagedIds(storage, query.newestFirst().limit(3))).isEqualTo(newest);
    assertThat(Docs.streamedIds(storage, query.newestFirst())).isEqualTo(newest);
    assertThat(ids(storage, Query.all().oldestFirst())).isEqualTo(oldest);
    assertThat(ids(storage, query.newestFirst().limit(4))).isEqualTo(newest.subList(0, 4));
  }

  @Clause
  default void s099_limit() {
    Storage<Document> storage = stores().indexed("session");
    List<String> ids = numberedIds(30);
    storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s")).toList());
    Query query = where("session").is("s");

    assertThat(ids(storage, query.oldestFirst().limit(3))).isEqualTo(ids.subList(0, 3));
    assertThat(ids(storage, query.newestFirst().limit(1))).containsExactly(ids.get(29));
    assertThat(ids(storage, query.oldestFirst().limit(31))).isEqualTo(ids);
    assertThat(ids(storage, Query.all().oldestFirst().limit(30))).isEqualTo(ids);
  }

  @Clause
  default void s100_limitCountsMatches() {
    Storage<Document> storage = stores().indexed("session");
    storage.saveAll(
        IntStream.range(0, 1_200)
            .mapToObj(i -> doc("id", "i%04d".formatted(i), "session", "s", "rare", i % 400 == 399))
            .toList());
    Query query = where("session").is("s").and("rare").is(true);

    assertThat(ids(storage, query.oldestFirst().limit(2))).containsExactly("i0399", "i0799");
    assertThat(ids(storage, query.newestFirst().limit(2))).containsExactly("i1199", "i0799");
    assertThat(ids(storage, query.limit(3))).containsExactlyInAnyOrder("i0399", "i0799", "i1199");
  }

  @Clause
  default void s101_unorderedLimit() {
    Storage<Document> storage = stores().indexed("session");
    List<String> ids = numberedIds(20);
    storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s")).toList());
    storage.save(doc("id", "other", "session", "t"));

    assertThat(ids(storage, where("session").is("s").limit(5)))
        .hasSize(5)
        .doesNotHaveDuplicates()
        .isSubsetOf(ids);
  }

  @Clause
  default void s102_orderOverSeveralValues() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    for (int i = 0; i < 12; i++) {
      storage.save(doc("id", "i%02d".formatted(i), "session", "s" + i % 3, "turn", 100 - i));
    }

    assertThat(ids(storage, where("session").in(List.of("s0", "s2")).oldestFirst().limit(4)))
        .containsExactly("i00", "i02", "i03", "i05");
    assertThat(ids(storage, where("turn").greaterThan(95).oldestFirst()))
        .containsExactly("i00", "i01", "i02", "i03", "i04");
    assertThat(ids(storage, where("turn").greaterThan(95).newestFirst().limit(2)))
        .containsExactly("i04", "i03");
  }

  @Clause
  default void s281_orderBeyondDoubles() {
    assertExactOrder(i -> 1_152_921_504_606_846_976L + i);
    assertExactOrder(i -> Instant.parse("2025-01-01T00:00:00.123450Z").plusNanos(i).toString());
    assertExactOrder(i -> new BigDecimal("0.1").add(BigDecimal.valueOf(i, 30)));
  }

  /** Of values that are one double, the later ones belong to the ids that come first. */
  private void assertExactOrder(IntFunction<Object> values) {
    Storage<Document> storage =
        stores().documents(type -> type.index("session").range("rank").orderedBy("rank"));
    List<String> oldest = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      String id = "i" + (9 - i);
      oldest.add(id);
      storage.save(doc("id", id, "session", "s" + i % 2, "rank", values.apply(i)));
    }
    List<String> newest = new ArrayList<>(oldest);
    Collections.reverse(newest);

    List<Query> queries =
        List.of(
            Query.all(),
            where("session").in(List.of("s0", "s1")),
            where("rank").atLeast(values.apply(0)),
            where("session").in(List.of("s0", "s1")).and("rank").lessThan(values.apply(9)));
    for (Query query : queries) {
      assertThat(ids(storage, query.oldestFirst())).as("%s", query).isEqualTo(oldest);
      assertThat(ids(storage, query.newestFirst())).as("%s", query).isEqualTo(newest);
      for (int limit = 1; limit < 4; limit++) {
        assertThat(ids(storage, query.newestFirst().limit(limit)))
            .as("%s, limit %s", query, limit)
            .isEqualTo(newest.subList(0, limit));
        assertThat(pagedIds(storage, query.oldestFirst().limit(limit)))
            .as("%s, pages of %s", query, limit)
            .isEqualTo(oldest);
        assertThat(Docs.streamedIds(storage, query.oldestFirst().limit(limit)))
            .as("%s, stream of %s", query, limit)
            .isEqualTo(oldest.subList(0, limit));
      }
      assertThat(pagedIds(storage, query.newestFirst().limit(2))).as("%s", query).isEqualTo(newest);
    }
    assertThat(ids(storage, where("rank").greaterThan(values.apply(6)).newestFirst()))
        .isEqualTo(newest.subList(0, 2));
    assertThat(ids(storage, where("rank").is(values.apply(4)))).containsExactly(oldest.get(4));
  }

  @Clause
  default void s282_explained() {
    Storage<Document> storage =
        stores().documents(type -> type.index("session").range("turn").orderedBy("turn"));
    for (int i = 0; i < 4; i++) {
      storage.save(doc("id", "i" + i, "session", "s", "turn", i));
    }
    storage.save(doc("id", "text", "session", "s", "turn", "2025-01-01T10:00:00"));
    storage.save(doc("id", "none", "session", "s"));

    QueryReport bySession = storage.explain(where("session").is("s").newestFirst());
    assertThat(bySession.access()).isEqualTo(QueryReport.Access.INDEXES);
    assertThat(bySession.indexes())
        .containsExactly(new QueryReport.Index("session", IndexKind.EXACT, 1, 6));
    assertThat(bySession.isOrdered()).isTrue();
    assertThat(bySession.candidates()).isEqualTo(6);
    assertThat(bySession.stale()).isZero();
    assertThat(bySession.matches()).isEqualTo(6);
    assertThat(bySession.withoutValue()).containsExactly(Map.entry("turn", 2L));

    QueryReport byTurn = storage.explain(where("turn").greaterThan(1));
    assertThat(byTurn.indexes())
        .extracting(QueryReport.Index::name, QueryReport.Index::kind)
        .containsExactly(tuple("turn", IndexKind.RANGE));
    assertThat(byTurn.matches()).isEqualTo(2);
    assertThat(byTurn.withoutValue()).containsExactly(Map.entry("turn", 0L));

    QueryReport scan = storage.explain(where("other").isMissing().limit(3));
    assertThat(scan.access()).isEqualTo(QueryReport.Access.SCAN);
    assertThat(scan.indexes()).isEmpty();
    assertThat(scan.matches()).isEqualTo(3);
    assertThat(storage.explain(where("id").is("i1")).access()).isEqualTo(QueryReport.Access.IDS);
  }

  @Clause
  default void s283_requiredOrder() {
    Storage<Document> storage =
        stores().documents(type -> type.index("session").orderedBy("turn").required());
    storage.save(doc("id", "a", "session", "s", "turn", 1));
    Version version = storage.loadVersioned("a").orElseThrow().version();
    for (Object turn : Arrays.asList(null, "x", "2025-01-01T10:00:00", true)) {
      Document bad = doc("id", "a", "session", "s", "turn", turn);
      for (Runnable write :
          List.<Runnable>of(
              () -> storage.save(bad),
              () -> storage.saveAll(List.of(doc("id", "b", "session", "s", "turn", 2), bad)),
              () -> storage.insert(bad),
              () -> storage.replace(bad, version),
              () -> storage.update("a", item -> bad))) {
        assertThatThrownBy(write::run)
            .as("turn %s", turn)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("item 'a'")
            .hasMessageContaining("order field 'turn'")
            .hasMessageContaining(String.valueOf(turn));
      }
    }
    assertThat(ids(storage, Query.all())).containsExactly("a");
    assertThat(storage.loadVersioned("a").orElseThrow().version()).isEqualTo(version);
    assertThatThrownBy(() -> ItemType.documents("things").required())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
