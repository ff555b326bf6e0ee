package io.stowage.testkit.storage;

import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static io.stowage.testkit.storage.Docs.numberedIds;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads and deletes by id. */
interface ReadClauses extends Clauses {

  @Clause
  default void s032_absentItem() {
    Storage<Document> storage = stores().plain();

    assertThat(storage.load("a")).isEmpty();
    assertThat(storage.loadVersioned("a")).isEmpty();
    assertThat(storage.exists("a")).isFalse();
  }

  @Clause
  default void s033_documentsComeBackEqual() {
    Storage<Document> storage = stores().plain();
    Document item =
        doc(
            "id",
            "a",
            "text",
            "täxt",
            "empty",
            "",
            "yes",
            true,
            "nothing",
            null,
            "int",
            42,
            "long",
            Long.MIN_VALUE,
            "huge",
            new BigInteger("123456789012345678901234567890"),
            "double",
            0.1,
            "tiny",
            Double.MIN_VALUE,
            "exact",
            new BigDecimal("0.1234567890123456789012345"),
            "list",
            Arrays.asList(1, "two", null, List.of(3.5), Map.of("four", 4)),
            "map",
            fields("z", 1, "a", fields("deep", List.of())));

    storage.save(item);

    Document loaded = storage.load("a").orElseThrow();
    assertThat(loaded).isEqualTo(item);
    assertThat(loaded.asMap().keySet()).containsExactlyElementsOf(item.asMap().keySet());
    assertThat(loaded.get("huge")).isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(loaded.get("exact")).isEqualTo(new BigDecimal("0.1234567890123456789012345"));
  }

  @Clause
  default void s034_typedItemsComeBackEqual() {
    Storage<Note> storage = stores().notes();
    Note note = Note.of("a", "s", 5).withTags("x", "y").withText("two words");

    storage.save(note);

    assertThat(storage.load("a")).contains(note);
  }

  @Clause
  default void s035_loadAllKeepsTheOrder() {
    Storage<Document> storage = stores().plain();
    storage.saveAll(List.of(doc("id", "a"), doc("id", "b"), doc("id", "c")));

    Map<String, Document> found = storage.loadAll(List.of("c", "missing", "a", "b"));

    assertThat(found.keySet()).containsExactly("c", "a", "b");
    assertThat(found.values()).containsExactly(doc("id", "c"), doc("id", "a"), doc("id", "b"));
  }

  @Clause
  default void s036_loadAllWithDuplicates() {
    Storage<Document> storage = stores().plain();
    storage.saveAll(List.of(doc("id", "a"), doc("id", "b")));

    assertThat(storage.loadAll(List.of("b", "a", "b")).keySet()).containsExactly("b", "a");
    assertThat(storage.loadAll(List.of())).isEmpty();
  }

  @Clause
  default void s037_loadAllOverSeveralBatches() {
    Storage<Document> storage = stores().plain();
    List<String> ids = numberedIds(1_100);
    storage.saveAll(ids.stream().map(id -> doc("id", id)).toList());
    List<String> asked = new ArrayList<>(ids);
    Collections.reverse(asked);

    assertThat(storage.loadAll(asked).keySet()).containsExactlyElementsOf(asked);
  }

  @Clause
  default void s038_deleteSaysWhetherItWasStored() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a"));

    assertThat(storage.delete("a")).isTrue();
    assertThat(storage.delete("a")).isFalse();
    assertThat(storage.load("a")).isEmpty();
    assertThat(storage.exists("a")).isFalse();
    assertThat(storage.loadAll(List.of("a"))).isEmpty();
  }

  @Clause
  default void s039_deleteAllCounts() {
    Storage<Document> storage = stores().plain();
    storage.saveAll(List.of(doc("id", "a"), doc("id", "b"), doc("id", "c")));

    assertThat(storage.deleteAll(List.of("a", "missing", "b", "a"))).isEqualTo(2);
    assertThat(storage.deleteAll(List.of())).isZero();
    assertThat(storage.exists("a")).isFalse();
    assertThat(storage.exists("c")).isTrue();
  }

  @Clause
  default void s040_deleteAllOverSeveralBatches() {
    Storage<Document> storage = stores().indexed("session");
    List<String> ids = numberedIds(1_100);
    storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s")).toList());

    assertThat(storage.deleteAll(ids)).isEqualTo(1_100);
    assertThat(storage.count(Query.where("session").is("s"))).isZero();
  }
}
