package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Unconditional writes: save, saveAll and generated ids. */
interface WriteClauses extends Clauses {

  @Clause
  default void s001_saveStoresANewItem() {
    Storage<Document> storage = stores().plain();
    Document item = doc("id", "a", "text", "hello");

    WriteResult result = storage.save(item);

    assertThat(result.id()).isEqualTo("a");
    assertThat(result.status()).isEqualTo(Status.STORED);
    assertThat(storage.loadVersioned("a"))
        .hasValueSatisfying(
            found -> {
              assertThat(found.id()).isEqualTo("a");
              assertThat(found.item()).isEqualTo(item);
              assertThat(found.version()).isEqualTo(result.storedVersion());
            });
  }

  @Clause
  default void s002_saveReplacesTheWholeItem() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a", "old", 1));

    WriteResult result = storage.save(doc("id", "a", "new", 2));

    assertThat(result.status()).isEqualTo(Status.STORED);
    assertThat(storage.load("a")).contains(doc("id", "a", "new", 2));
    assertThat(storage.count(Query.all())).isEqualTo(1);
  }

  @Clause
  default void s003_versionsGrow() {
    Storage<Document> storage = stores().plain();
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      if (i % 10 == 9) {
        storage.delete("a");
      }
      versions.add(storage.save(doc("id", "a", "i", i)).storedVersion());
    }

    assertThat(versions).isSorted().doesNotHaveDuplicates();
    assertThat(storage.loadVersioned("a").orElseThrow().version()).isEqualTo(versions.get(49));
  }

  @Clause
  default void s004_documentGetsAGeneratedId() {
    Storage<Document> storage = stores().indexed("session");

    WriteResult result = storage.save(doc("session", "s"));

    assertThat(UUID.fromString(result.id()).version()).isEqualTo(7);
    assertThat(UUID.fromString(result.id()).variant()).isEqualTo(2);
    assertThat(storage.load(result.id())).contains(doc("session", "s", "id", result.id()));
    assertThat(ids(storage, where("session").is("s"))).containsExactly(result.id());
  }

  @Clause
  default void s005_generatedIdsDifferAndFollowTime() {
    Storage<Document> storage = stores().plain();
    List<Document> items = IntStream.range(0, 300).mapToObj(i -> doc("i", i)).toList();

    List<String> ids = storage.saveAll(items).stream().map(WriteResult::id).toList();

    assertThat(ids).doesNotHaveDuplicates();
    assertThat(ids.stream().map(id -> id.substring(0, 13))).isSorted();
    assertThat(storage.loadAll(ids).values().stream().map(item -> item.get("i")))
        .containsExactlyElementsOf(items.stream().map(item -> item.get("i")).toList());
  }

  @Clause
  default void s006_typedItemGetsAGeneratedId() {
    Storage<Note> storage = stores().platform().store(Note.typeWithId(stores().freshName()));

    WriteResult result = storage.save(Note.of(null, "s", 1));

    assertThat(UUID.fromString(result.id()).version()).isEqualTo(7);
    assertThat(storage.load(result.id())).contains(Note.of(result.id(), "s", 1));
  }

  @Clause
  default void s007_typedItemWithoutIdFunctionStaysAsItIs() {
    Storage<Note> storage = stores().notes();

    WriteResult result = storage.save(Note.of(null, "s", 1));

    assertThat(UUID.fromString(result.id()).version()).isEqualTo(7);
    assertThat(storage.load(result.id())).contains(Note.of(null, "s", 1));
    assertThat(storage.list(where("session_id").is("s"))).containsExactly(Note.of(null, "s", 1));
    assertThat(storage.delete(result.id())).isTrue();
    assertThat(storage.list(where("session_id").is("s"))).isEmpty();
  }

  @Clause
  default void s008_saveAllAnswersInOrder() {
    Storage<Document> storage = stores().plain();

    List<WriteResult> results =
        storage.saveAll(List.of(doc("id", "c"), doc("id", "a"), doc("id", "b")));

    assertThat(results).extracting(WriteResult::id).containsExactly("c", "a", "b");
    assertThat(results).allMatch(WriteResult::isStored);
    assertThat(results).extracting(WriteResult::storedVersion).isSorted();
  }

  @Clause
  default void s009_saveAllOfNothing() {
    Storage<Document> storage = stores().plain();

    assertThat(storage.saveAll(List.of())).isEmpty();
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s010_saveAllKeepsTheLaterOfTwo() {
    Storage<Document> storage = stores().indexed("session");

    List<WriteResult> results =
        storage.saveAll(
            List.of(
                doc("id", "a", "session", "first"),
                doc("id", "b", "session", "first"),
                doc("id", "a", "session", "last")));

    assertThat(results).extracting(WriteResult::id).containsExactly("a", "b", "a");
    assertThat(storage.load("a")).contains(doc("id", "a", "session", "last"));
    assertThat(ids(storage, where("session").is("first"))).containsExactly("b");
    assertThat(ids(storage, where("session").is("last"))).containsExactly("a");
    assertThat(storage.loadVersioned("a").orElseThrow().version())
        .isEqualTo(results.get(2).storedVersion());
  }

  @Clause
  default void s011_saveAllOverSeveralBatches() {
    Storage<Document> storage = stores().indexed("parity");
    List<Document> items =
        IntStream.range(0, 1_100)
            .mapToObj(i -> doc("id", "i%04d".formatted(i), "parity", i % 2 == 0 ? "even" : "odd"))
            .toList();

    List<WriteResult> results = storage.saveAll(items);

    assertThat(results).extracting(WriteResult::id).containsExactlyElementsOf(ids(items));
    assertThat(results).allMatch(WriteResult::isStored);
    assertThat(storage.count(where("parity").is("odd"))).isEqualTo(550);
    assertThat(ids(storage, Query.all().oldestFirst())).containsExactlyElementsOf(ids(items));
  }

  @Clause
  default void s012_saveAllOverwrites() {
    Storage<Document> storage = stores().indexed("session");
    storage.saveAll(List.of(doc("id", "a", "session", "x"), doc("id", "b", "session", "x")));

    storage.saveAll(List.of(doc("id", "b", "session", "y"), doc("id", "c", "session", "y")));

    assertThat(ids(storage, where("session").is("x"))).containsExactly("a");
    assertThat(ids(storage, where("session").is("y"))).containsExactlyInAnyOrder("b", "c");
  }

  @Clause
  default void s013_numberAsId() {
    Storage<Document> storage = stores().plain();

    assertThat(storage.save(doc("id", 7)).id()).isEqualTo("7");
    assertThat(storage.load("7")).contains(doc("id", 7));
  }

  @Clause
  default void s014_nameIsTheStoresName() {
    String name = stores().freshName();
    assertThat(stores().platform().documents(name).name()).isEqualTo(name);
  }
}
