package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Order;

/** What is indexed follows what is stored. */
interface IndexClauses extends Clauses {

  @Clause
  default void s080_changedValue() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    for (int i = 0; i < 5; i++) {
      storage.save(doc("id", "a", "session", "s" + i, "turn", i));
    }

    for (int i = 0; i < 5; i++) {
      int hits = i == 4 ? 1 : 0;
      assertThat(storage.list(where("session").is("s" + i))).as("s%d", i).hasSize(hits);
      assertThat(storage.count(where("session").is("s" + i))).as("s%d", i).isEqualTo(hits);
      assertThat(storage.list(where("turn").is(i))).as("turn %d", i).hasSize(hits);
    }
    assertThat(ids(storage, where("turn").atLeast(0))).containsExactly("a");
  }

  @Clause
  default void s081_removedValue() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    storage.save(doc("id", "a", "session", "s", "turn", 1));
    storage.save(doc("id", "b", "session", "s", "turn", 1));

    storage.save(doc("id", "a", "session", null, "turn", null));
    storage.save(doc("id", "b"));

    assertThat(storage.list(where("session").is("s"))).isEmpty();
    assertThat(storage.list(where("turn").atLeast(0))).isEmpty();
    assertThat(storage.list(where("session").isMissing())).hasSize(2);
  }

  @Clause
  default void s082_deletedItem() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    storage.save(doc("id", "a", "session", "s", "turn", 1));

    storage.delete("a");
    assertThat(storage.list(where("session").is("s"))).isEmpty();
    assertThat(storage.count(where("session").is("s"))).isZero();
    assertThat(storage.list(where("turn").is(1))).isEmpty();

    storage.save(doc("id", "a", "session", "s", "turn", 1));
    assertThat(ids(storage, where("session").is("s"))).containsExactly("a");
    assertThat(ids(storage, where("turn").is(1))).containsExactly("a");
  }

  @Clause
  default void s083_severalValues() {
    Storage<Document> storage = stores().indexed("tags");
    storage.save(doc("id", "a", "tags", List.of("x", "y", "z", "x")));

    for (String tag : List.of("x", "y", "z")) {
      assertThat(ids(storage, where("tags").is(tag))).as(tag).containsExactly("a");
      assertThat(storage.count(where("tags").is(tag))).as(tag).isEqualTo(1);
    }
    assertThat(ids(storage, where("tags").in(List.of("x", "y", "z")))).containsExactly("a");
  }

  @Clause
  default void s084_severalValuesChange() {
    Storage<Document> storage = stores().indexed("tags");
    storage.save(doc("id", "a", "tags", List.of("stays", "goes")));

    storage.save(doc("id", "a", "tags", List.of("comes", "stays")));

    assertThat(ids(storage, where("tags").is("stays"))).containsExactly("a");
    assertThat(ids(storage, where("tags").is("comes"))).containsExactly("a");
    assertThat(ids(storage, where("tags").is("goes"))).isEmpty();
    storage.save(doc("id", "a", "tags", "alone"));
    assertThat(ids(storage, where("tags").is("alone"))).containsExactly("a");
    assertThat(ids(storage, where("tags").is("stays"))).isEmpty();
  }

  @Clause
  default void s085_thousandValues() {
    Storage<Document> storage = stores().indexed("tags");
    List<Integer> tags = IntStream.range(0, 1_000).boxed().toList();
    storage.save(doc("id", "a", "tags", tags));

    assertThat(ids(storage, where("tags").is(0))).containsExactly("a");
    assertThat(ids(storage, where("tags").is(999))).containsExactly("a");
    storage.save(doc("id", "a", "tags", List.of(7)));
    assertThat(ids(storage, where("tags").in(tags))).containsExactly("a");
    assertThat(ids(storage, where("tags").is(999))).isEmpty();
  }

  @Clause
  default void s086_rangeIndexHoldsOneValue() {
    Storage<Document> storage = stores().documents(type -> type.index("session").range("turn"));
    storage.save(doc("id", "a", "session", "s", "turn", List.of(3)));

    assertThat(ids(storage, where("turn").greaterThan(2))).containsExactly("a");
    Assertions.assertThatThrownBy(
            () -> storage.save(doc("id", "a", "session", "t", "turn", List.of(1, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'turn'");
    assertThat(storage.load("a")).contains(doc("id", "a", "session", "s", "turn", List.of(3)));
    assertThat(ids(storage, where("session").is("t"))).isEmpty();
  }

  @Clause
  default void s087_kindsOfIndexedValues() {
    Storage<Note> storage = stores().notes();
    Note note = Note.of("a", "s", 10);
    storage.save(note);

    assertThat(storage.list(where("urgent").is(false))).containsExactly(note);
    assertThat(storage.list(where("priority").is(1.0))).containsExactly(note);
    assertThat(storage.list(where("kind").is(Note.Kind.TASK))).containsExactly(note);
    assertThat(storage.list(where("kind").is("TASK"))).containsExactly(note);
    assertThat(storage.list(where("kind").is(Note.Kind.IDEA))).isEmpty();
    assertThat(storage.list(where("created_at").is(Note.EPOCH.plusSeconds(10))))
        .containsExactly(note);
    assertThat(storage.list(where("created_at").is("2025-01-01T00:00:10Z"))).containsExactly(note);
  }

  @Clause
  default void s088_dottedIndexNames() {
    StoreOptions strict = StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build();
    Storage<Document> storage =
        stores().documents(strict, type -> type.index("a.b.c").range("a.n"));
    storage.save(doc("id", "x", "a", Docs.fields("b", Docs.fields("c", "v"), "n", 3)));

    assertThat(ids(storage, where("a.b.c").is("v"))).containsExactly("x");
    assertThat(ids(storage, where("a.n").greaterThan(2))).containsExactly("x");
  }

  @Clause
  default void s089_severalIndexes() {
    Storage<Document> storage =
        stores().documents(type -> type.index("session", "type").range("turn"));
    storage.saveAll(
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    doc(
                        "id",
                        "i%03d".formatted(i),
                        "session",
                        "s" + i % 10,
                        "type",
                        i % 50 == 3 ? "rare" : "common",
                        "turn",
                        i))
            .toList());

    assertThat(ids(storage, where("session").is("s3").and("type").is("rare").oldestFirst()))
        .containsExactly("i003", "i053", "i103", "i153");
    assertThat(
            ids(
                storage,
                where("session")
                    .is("s3")
                    .and("type")
                    .is("rare")
                    .and("turn")
                    .lessThan(100)
                    .oldestFirst()))
        .containsExactly("i003", "i053");
    assertThat(storage.count(where("session").is("s4").and("type").is("rare"))).isZero();
  }

  @Clause
  @Order(Clause.FIRST)
  default void s090_sameAnswerIndexedOrNot() {
    long seed = Long.getLong("stowage.seed", new Random().nextLong());
    RandomDocuments random = new RandomDocuments(new Random(seed));
    Storage<Document> bare = stores().plain();
    Storage<Document> indexed = stores().documents(RandomDocuments::describe);
    List<Document> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      items.add(random.document("i%02d".formatted(i)));
    }
    bare.saveAll(items);
    indexed.saveAll(items);

    for (int i = 0; i < 50; i++) {
      Filter filter = random.filter(3);
      Query query = Query.matching(filter);
      assertThat(ids(indexed, query))
          .as("seed %d, filter %s", seed, filter)
          .containsExactlyInAnyOrderElementsOf(ids(bare, query));
      assertThat(indexed.count(query))
          .as("seed %d, filter %s", seed, filter)
          .isEqualTo(bare.count(query));
    }
  }

  @Clause
  default void s091_forbiddenScans() {
    StoreOptions strict = StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build();
    Storage<Document> storage = stores().documents(strict, type -> type.index("session"));
    storage.save(doc("id", "a", "session", "s", "text", "x"));
    Query scan = where("text").is("x");

    assertScanRefused(() -> storage.list(scan));
    assertScanRefused(() -> storage.page(scan));
    assertScanRefused(() -> storage.count(scan));
    assertScanRefused(() -> storage.deleteWhere(scan));
    assertScanRefused(() -> Docs.streamedIds(storage, scan));
    assertScanRefused(() -> storage.list(Query.matching(Filter.not(Filter.eq("session", "z")))));
    assertThat(storage.exists("a")).isTrue();
  }

  private static void assertScanRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    StorageException refusal = Assertions.catchThrowableOfType(StorageException.class, call);
    assertThat(refusal).isNotNull().hasMessageContaining("scan");
    assertThat(refusal.isTransient()).isFalse();
  }

  @Clause
  default void s092_forbiddenScansLetIndexesWork() {
    StoreOptions strict = StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build();
    Storage<Document> storage =
        stores().documents(strict, type -> type.index("session").range("turn"));
    storage.save(doc("id", "a", "session", "s", "turn", 1, "text", "x"));
    storage.save(doc("id", "b", "session", "t", "turn", 2, "text", "y"));

    assertThat(ids(storage, where("session").is("s"))).containsExactly("a");
    assertThat(ids(storage, where("session").in(List.of("t", "u")))).containsExactly("b");
    assertThat(ids(storage, where("turn").greaterThan(1))).containsExactly("b");
    assertThat(ids(storage, where("text").is("y").and("turn").atLeast(1))).containsExactly("b");
    assertThat(ids(storage, where("session").is("s").and("text").isNot("x"))).isEmpty();
    assertThat(storage.count(where("session").is("s"))).isEqualTo(1);
    assertThat(storage.deleteWhere(where("session").is("s"))).isEqualTo(1);
  }
}
