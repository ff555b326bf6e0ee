package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Ids and values that were chosen to do harm. */
interface HostileClauses extends Clauses {

  /** Texts that mean something to a key, a pattern, a script, a protocol or a terminal. */
  List<String> TEXTS =
      List.of(
          " ",
          "  leading and trailing ",
          "a:b",
          ":",
          "::idx::",
          "{a}",
          "{",
          "}",
          "}{",
          "{}",
          "*",
          "?",
          "[a-z]",
          "a*b?",
          "\\",
          "\\x",
          "\"",
          "'",
          "`",
          "$",
          "%s",
          "a\nb",
          "\r\n",
          "\t",
          "\0",
          "a\0b",
          "\u0001\u001f\u007f",
          "\u0080\u009f",
          "é",
          "e\u0301",
          "日本語",
          "😀",
          "👨‍👩‍👧",
          "\uFEFF",
          "\u2028",
          "\uFFFF",
          "\uD800\uDC00",
          "\uDBFF\uDFFF",
          "$eq",
          "null",
          "true",
          "0",
          "-1",
          "../..",
          "a/b",
          "a,b;c",
          "<a>",
          "&amp;",
          "__proto__",
          "*3\r\n$3\r\nDEL");

  /** Strings that are no Unicode texts: a surrogate without its other half. */
  List<String> BROKEN = List.of("\uD83D", "\uDE00", "a\uD83Db", "\uDE00\uD83D", "ab\uDBFF");

  @Clause
  default void s153_hostileIds() {
    Storage<Document> storage = stores().indexed("session");
    storage.saveAll(TEXTS.stream().map(id -> doc("id", id, "session", "s")).toList());

    assertThat(storage.loadAll(TEXTS).keySet()).containsExactlyElementsOf(TEXTS);
    assertThat(ids(storage, where("session").is("s").oldestFirst())).isEqualTo(TEXTS);
    assertThat(Docs.pagedIds(storage, where("session").is("s").limit(7))).isEqualTo(TEXTS);
    for (String id : TEXTS) {
      assertThat(storage.load(id)).as(id).contains(doc("id", id, "session", "s"));
      assertThat(storage.exists(id)).as(id).isTrue();
      assertThat(storage.insert(doc("id", id)).status()).as(id).isEqualTo(Status.ALREADY_EXISTS);
      assertThat(storage.update(id, item -> item.with("n", 1)).isStored()).as(id).isTrue();
      assertThat(ids(storage, where("id").is(id))).as(id).containsExactly(id);
      assertThat(storage.delete(id)).as(id).isTrue();
      assertThat(storage.exists(id)).as(id).isFalse();
    }
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s154_similarIdsDiffer() {
    Storage<Document> storage = stores().plain();
    List<String> ids = List.of("a", "A", "a ", "a\0", "á", "a\u0301", "a:", "{a}", "1", "01");
    for (String id : ids) {
      assertThat(storage.insert(doc("id", id, "mine", id)).status()).isEqualTo(Status.STORED);
    }
    for (String id : ids) {
      assertThat(storage.load(id)).contains(doc("id", id, "mine", id));
    }
  }

  @Clause
  default void s155_longestIds() {
    Storage<Document> storage = stores().indexed("session");
    for (String id : List.of("x".repeat(4_096), "😀".repeat(1_024), "é".repeat(2_048))) {
      storage.save(doc("id", id, "session", "s"));
      assertThat(storage.exists(id)).isTrue();
      assertThat(ids(storage, where("session").is("s"))).containsExactly(id);
      assertThat(storage.delete(id)).isTrue();
    }
  }

  @Clause
  default void s156_refusedIds() {
    Storage<Document> storage = stores().plain();
    assertIdRefused(storage, "", "id");
    assertIdRefused(storage, "x".repeat(4_097), "4,096|4096");
    assertIdRefused(storage, "é".repeat(2_049), "4,096|4096");
    assertIdRefused(storage, "x".repeat(1 << 20), "4,096|4096");
    for (String id : BROKEN) {
      assertIdRefused(storage, id, "surrogate");
    }
    assertThat(storage.count(Query.all())).isZero();
  }

  private static void assertIdRefused(Storage<Document> storage, String id, String named) {
    Map<String, Consumer<String>> operations =
        Map.of(
            "save", it -> storage.save(doc("id", it)),
            "saveAll", it -> storage.saveAll(List.of(doc("id", "fine"), doc("id", it))),
            "insert", it -> storage.insert(doc("id", it)),
            "load", storage::load,
            "loadAll", it -> storage.loadAll(List.of("fine", it)),
            "exists", storage::exists,
            "delete", storage::delete,
            "deleteAll", it -> storage.deleteAll(List.of("fine", it)),
            "update", it -> storage.update(it, item -> item),
            "ttl", storage::ttl);
    operations.forEach(
        (name, operation) ->
            assertThatThrownBy(() -> operation.accept(id))
                .as(name)
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(
                    refusal ->
                        assertThat(refusal.getMessage())
                            .containsPattern(named)
                            .hasSizeLessThan(1_000)));
  }

  @Clause
  default void s157_hostileValues() {
    Storage<Document> storage = stores().indexed("session");
    List<Document> items =
        IntStream.range(0, TEXTS.size())
            .mapToObj(
                i -> {
                  String text = TEXTS.get(i);
                  return doc(
                      "id", "i" + i, "session", text, "bare", text, "map", fields(text, text));
                })
            .toList();
    storage.saveAll(items);

    for (Document item : items) {
      String text = String.valueOf(item.get("session"));
      assertThat(storage.load(Docs.idOf(item))).as(text).contains(item);
      assertThat(storage.list(where("session").is(text))).as(text).containsExactly(item);
      assertThat(storage.list(where("bare").is(text))).as(text).containsExactly(item);
    }
  }

  @Clause
  default void s158_largeValues() {
    Storage<Document> storage = stores().indexed("session");
    String large = "x".repeat((1 << 20) - 1);
    Document first = doc("id", "a", "session", large + "1", "bare", large);
    Document second = doc("id", "b", "session", large + "2", "bare", "small");
    storage.saveAll(List.of(first, second));

    assertThat(storage.load("a")).contains(first);
    assertThat(ids(storage, where("session").is(large + "2"))).containsExactly("b");
    assertThat(ids(storage, where("bare").is(large))).containsExactly("a");
    assertThat(storage.count(where("session").is(large + "1"))).isEqualTo(1);
    storage.save(doc("id", "a", "session", "short"));
    assertThat(ids(storage, where("session").is(large + "1"))).isEmpty();
  }

  @Clause
  default void s159_brokenTextsInValues() {
    Storage<Document> storage = stores().indexed("session");
    for (String text : BROKEN) {
      for (String field : List.of("bare", "session")) {
        Document item = doc("id", "a", field, text);
        storage.delete("a");
        try {
          storage.save(item);
        } catch (IllegalArgumentException refusal) {
          assertThat(refusal).hasMessageContaining("surrogate");
          assertThat(storage.exists("a")).isFalse();
          continue;
        }
        assertThat(storage.load("a")).contains(item);
        assertThat(ids(storage, where(field).is(text))).containsExactly("a");
      }
    }
  }

  @Clause
  default void s160_storesShareNothing() {
    String base = stores().freshName();
    List<String> names =
        List.of(base, base + ".a", base + ".idx.session", base + "-1", base + "_", base + "0");
    List<Storage<Document>> storages =
        names.stream().map(name -> stores().platform().documents(name)).toList();
    for (int i = 0; i < names.size(); i++) {
      storages.get(i).save(doc("id", "same", "session_id", "s", "from", names.get(i)));
    }

    for (int i = 0; i < names.size(); i++) {
      Storage<Document> storage = storages.get(i);
      assertThat(storage.list(Query.all())).hasSize(1);
      assertThat(storage.list(where("session_id").is("s")))
          .containsExactly(doc("id", "same", "session_id", "s", "from", names.get(i)));
    }
    storages.get(0).delete("same");
    assertThat(storages.stream().mapToLong(storage -> storage.count(Query.all())).sum())
        .isEqualTo(names.size() - 1);
  }

  @Clause
  default void s161_deepDocuments() {
    Storage<Document> storage = stores().plain();
    Document deep = doc("id", "a", "deep", nested(490));
    storage.save(deep);

    assertThat(storage.load("a")).contains(deep);
    assertThatThrownBy(() -> doc("id", "a", "deep", nested(600)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("500");
  }

  private static Object nested(int levels) {
    Object value = 1;
    for (int i = 0; i < levels; i++) {
      value = List.of(value);
    }
    return value;
  }

  @Clause
  default void s162_idsAreCountedInBytes() {
    Storage<Document> storage = stores().plain();
    String id = "日".repeat(1_365);
    assertThat(id.getBytes(StandardCharsets.UTF_8)).hasSize(4_095);

    assertThat(storage.save(doc("id", id)).isStored()).isTrue();
    assertThatThrownBy(() -> storage.save(doc("id", id + "日")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
