package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Compression;
import io.stowage.api.Document;
import io.stowage.api.ItemCorruptedException;
import io.stowage.api.ItemReport;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How items are stored: shapes, forms and sizes, and what becomes of damage. */
interface StoredFormClauses extends Clauses {

  private static ItemType.DocumentBuilder sized(String store) {
    return ItemType.documents(store).index("kind");
  }

  /** The type of the second shape: the field {@code size} has become {@code length}. */
  private static ItemType<Document> reshaped(String store) {
    return sized(store)
        .upcast(1, stored -> stored.with("length", stored.get("size")).without("size"))
        .build();
  }

  private ItemReport report(ItemType<Document> type, String id) {
    return stores().platform().maintenance(type, StoreOptions.defaults()).inspect(id).orElseThrow();
  }

  @Clause
  default void s251_olderShape() {
    String name = stores().freshName();
    Storage<Document> before = stores().platform().store(sized(name).build());
    before.save(doc("id", "a", "kind", "k", "size", 1));
    before.save(doc("id", "b", "kind", "k", "size", 2));
    ItemType<Document> type = reshaped(name);

    Storage<Document> after = stores().platform().store(type);

    Document reshaped = doc("id", "a", "kind", "k", "length", 1);
    assertThat(after.load("a")).contains(reshaped);
    assertThat(after.list(where("length").is(1))).containsExactly(reshaped);
    assertThat(ids(after, where("kind").is("k"))).containsExactlyInAnyOrder("a", "b");
    assertThat(report(type, "a").schemaVersion()).as("as it was stored").isEqualTo(1);
    after.update("a", document -> document.with("length", 3));
    assertThat(after.load("a").orElseThrow().get("length")).isEqualTo(3L);
    assertThat(report(type, "a").schemaVersion()).isEqualTo(2);
    assertThat(report(type, "b").schemaVersion()).as("not saved since").isEqualTo(1);
  }

  @Clause
  default void s252_unknownShape() {
    String name = stores().freshName();
    Storage<Document> before = stores().platform().store(sized(name).build());
    stores().platform().store(reshaped(name)).save(doc("id", "new", "kind", "k", "length", 1));

    before.save(doc("id", "old", "kind", "k", "size", 1));

    assertThatThrownBy(() -> before.load("new"))
        .isInstanceOf(ItemCorruptedException.class)
        .hasMessageContaining("'new'")
        .hasMessageContaining("schema version 2");
    assertThat(before.load("old")).isPresent();
  }

  @Clause
  default void s253_corruptedItems() {
    String name = stores().freshName();
    Storage<Document> storage = stores().platform().store(sized(name).build());
    stores().platform().store(reshaped(name)).save(doc("id", "bad", "kind", "k"));
    List<String> good = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      good.add("good" + i);
      storage.save(doc("id", "good" + i, "kind", "k", "size", i));
    }

    assertThatThrownBy(() -> storage.list(where("kind").is("k")))
        .isInstanceOfSatisfying(
            ItemCorruptedException.class,
            e -> {
              assertThat(e.id()).isEqualTo("bad");
              assertThat(e.store()).isEqualTo(name);
              assertThat(e.isTransient()).isFalse();
            });
    for (Query query : List.of(where("kind").is("k"), Query.all().oldestFirst(), Query.all())) {
      List<String> reported = new ArrayList<>();
      List<Document> found = storage.list(query, e -> reported.add(e.store() + " " + e.id()));
      assertThat(found.stream().map(d -> d.id().orElseThrow()))
          .containsExactlyInAnyOrderElementsOf(good);
      assertThat(reported).containsExactly(name + " bad");
      reported.clear();
      try (Stream<Document> stream = storage.stream(query, e -> reported.add(e.id()))) {
        assertThat(stream.map(d -> d.id().orElseThrow())).containsExactlyInAnyOrderElementsOf(good);
      }
      assertThat(reported).containsExactly("bad");
    }
    assertThat(storage.count(where("kind").is("k"))).isEqualTo(21);
    assertThat(storage.loadAll(good)).hasSize(20);
    assertThat(storage.exists("bad")).isTrue();
    storage.save(doc("id", "bad", "kind", "k", "size", 0));
    assertThat(storage.list(where("kind").is("k"))).hasSize(21);
    assertThat(storage.delete("bad")).isTrue();
    assertThat(storage.list(where("kind").is("k"))).hasSize(20);
  }

  @Clause
  default void s274_deletesMeetCorruptedItems() {
    String name = stores().freshName();
    Storage<Document> storage = stores().platform().store(sized(name).build());
    List<Document> good = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      good.add(doc("id", "good" + i, "kind", "k", "size", i));
    }
    storage.saveAll(good);
    stores().platform().store(reshaped(name)).save(doc("id", "bad", "kind", "k"));
    Query all = where("kind").is("k");

    assertThatThrownBy(() -> storage.deleteWhere(all.oldestFirst()))
        .isInstanceOfSatisfying(
            ItemCorruptedException.class,
            e -> {
              assertThat(e.id()).isEqualTo("bad");
              assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN);
              assertThat(e.applied()).isPositive().isEqualTo(1_201 - storage.count(all));
            });
    List<String> reported = new ArrayList<>();
    long left = storage.count(all) - 1;
    assertThat(storage.deleteWhere(all, e -> reported.add(e.id()))).isEqualTo(left);
    assertThat(reported).containsExactly("bad");
    assertThat(storage.exists("bad")).isTrue();
    assertThat(storage.count(all)).isEqualTo(1);
  }

  @Clause
  default void s254_inspection() {
    ItemType<Document> type =
        ItemType.documents(stores().freshName()).index("kind", "tags").range("size").build();
    Storage<Document> storage = stores().platform().store(type);
    Document item = doc("id", "a", "kind", "k", "tags", List.of("x", "y"), "size", 7);
    storage.save(item);

    ItemReport report = report(type, "a");

    assertThat(report.id()).isEqualTo("a");
    assertThat(report.version()).isEqualTo(storage.loadVersioned("a").orElseThrow().version());
    assertThat(report.storedBytes()).isPositive();
    assertThat(report.encodedBytes().orElseThrow()).isPositive();
    assertThat(report.codec()).isNotEmpty();
    assertThat(report.schemaVersion()).isEqualTo(1);
    assertThat(report.timeToLive().isUnlimited()).isTrue();
    assertThat(report.damage()).isEmpty();
    assertThat(report.entries())
        .allMatch(ItemReport.Entry::isPresent)
        .extracting(ItemReport.Entry::index)
        .containsExactlyInAnyOrder("kind", "tags", "tags", "size");
    assertThat(stores().platform().maintenance(type, StoreOptions.defaults()).inspect("absent"))
        .isEmpty();
  }

  @Clause
  default void s255_tooLarge() {
    StoreOptions options = StoreOptions.builder().maxItemSize(2_000).build();
    Storage<Document> storage = stores().documents(options, type -> type.index("kind"));
    storage.save(doc("id", "a", "kind", "k", "text", "x".repeat(1_500)));

    assertThatThrownBy(() -> storage.save(doc("id", "b", "kind", "k", "text", "x".repeat(2_000))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'b'")
        .hasMessageContaining("2000")
        .hasMessageContaining("maxItemSize");
    assertThatThrownBy(() -> storage.update("a", d -> d.with("more", "x".repeat(1_000))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(storage.load("a").orElseThrow().get("more")).isNull();
    assertThat(ids(storage, where("kind").is("k"))).containsExactly("a");
  }

  @Clause
  default void s256_mixture() {
    ItemType<Document> type = ItemType.documents(stores().freshName()).index("kind").build();
    String text = "compressible ".repeat(100);
    Storage<Document> plain = stores().platform().store(type);
    plain.save(doc("id", "a", "kind", "k", "text", text));
    plain.save(doc("id", "b", "kind", "k", "text", text));

    Storage<Document> compressing =
        stores()
            .platform()
            .store(type, StoreOptions.builder().compression(Compression.gzip()).build());
    compressing.update("b", d -> d.with("changed", true));
    compressing.save(doc("id", "c", "kind", "k", "text", text));

    for (Storage<Document> either : List.of(plain, compressing)) {
      assertThat(either.list(where("kind").is("k")))
          .hasSize(3)
          .allMatch(d -> text.equals(d.get("text")));
    }
    assertThat(report(type, "b").compression()).isEqualTo(Compression.Algorithm.GZIP);
    assertThat(report(type, "c").compression()).isEqualTo(Compression.Algorithm.GZIP);
    assertThat(report(type, "c").storedBytes())
        .isLessThan(report(type, "c").encodedBytes().orElseThrow());
  }

  @Clause
  default void s257_withoutKeys() {
    ItemType<Document> blind =
        ItemType.documents(stores().freshName()).blindIndex("secret").build();
    assertThatThrownBy(() -> stores().platform().store(blind))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'secret'")
        .hasMessageContaining("encryption");
    assertThat(stores().platform().definition(blind.store())).isEmpty();
  }
}
