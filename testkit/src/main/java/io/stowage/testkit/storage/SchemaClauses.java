package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.DoctorReport;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Items whose shape changes while indexes have entries of the former one. */
interface SchemaClauses extends Clauses {

  /** A short grace period, since a reindex waits for it to pass. */
  private static StoreOptions.Builder brief() {
    return StoreOptions.builder()
        .gracePeriod(Duration.ofMillis(100))
        .batchSize(10)
        .sweepEvery(Duration.ZERO);
  }

  private static ItemType.DocumentBuilder messages(String store) {
    return ItemType.documents(store).index("content", "kind").range("size");
  }

  /** The second shape: {@code text} has become {@code content}, and sizes are counted in tens. */
  private static ItemType<Document> reshaped(String store) {
    return messages(store)
        .upcast(
            1,
            old ->
                old.with("content", old.get("text"))
                    .with("size", old.get("size") instanceof Long size ? size * 10 : null)
                    .without("text"))
        .build();
  }

  /** A store in which some items are of the first shape, and one of the second. */
  private Storage<Document> grown(String name) {
    Storage<Document> before = stores().platform().store(messages(name).build(), brief().build());
    before.save(doc("id", "a", "kind", "k", "text", "new", "content", "old", "size", 1));
    before.save(doc("id", "b", "kind", "k", "text", "other", "size", 2));
    Storage<Document> after = stores().platform().store(reshaped(name), brief().build());
    after.save(doc("id", "c", "kind", "k", "content", "new", "size", 10));
    return after;
  }

  private Maintenance maintenance(ItemType<Document> type) {
    return stores().platform().maintenance(type, brief().build());
  }

  private static void assertFoundInThePresentShape(Storage<Document> storage) {
    Query present = where("content").is("new");
    Query former = where("content").is("old");
    assertThat(ids(storage, present)).containsExactlyInAnyOrder("a", "c");
    assertThat(ids(storage, former)).isEmpty();
    assertThat(storage.count(present)).isEqualTo(2);
    assertThat(storage.count(former)).isZero();
    assertThat(storage.estimateCount(present)).isGreaterThanOrEqualTo(2);
    assertThat(ids(storage, where("content").in(List.of("old", "new")).and("kind").is("k")))
        .containsExactlyInAnyOrder("a", "c");
    assertThat(ids(storage, where("size").is(10))).containsExactlyInAnyOrder("a", "c");
    assertThat(ids(storage, where("size").lessThan(5))).isEmpty();
    assertThat(storage.count(where("size").atLeast(10))).isEqualTo(3);
    try (Stream<Document> found = storage.stream(present)) {
      assertThat(found).hasSize(2);
    }
    assertThat(storage.page(present.oldestFirst().limit(5)).items()).hasSize(2);
    assertThat(storage.deleteWhere(former)).isZero();
  }

  @Clause
  default void s291_entriesOfAFormerShape() {
    String name = stores().freshName();
    Storage<Document> after = grown(name);

    assertFoundInThePresentShape(after);
    assertThat(definedVersion(name)).isEqualTo(1);
    DoctorReport health = maintenance(reshaped(name)).check(progress -> {});
    assertThat(health.count(DoctorReport.Kind.OLD_ENTRIES)).isEqualTo(1);
    assertThat(health.isHealthy()).as("%s", health).isTrue();
    Storage<Document> forbidding =
        stores().platform().store(reshaped(name), brief().scanPolicy(ScanPolicy.FORBID).build());
    assertThatThrownBy(() -> forbidding.list(where("content").is("new")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("schema version")
        .hasMessageContaining("reindex");
  }

  private int definedVersion(String store) {
    return stores().platform().definition(store).orElseThrow().schemaVersion();
  }

  @Clause
  default void s292_aReindexBringsEntriesUpToDate() {
    String name = stores().freshName();
    Storage<Document> after = grown(name);

    long looked = maintenance(reshaped(name)).reindex(progress -> {}).records();

    assertThat(definedVersion(name)).isEqualTo(2);
    assertThat(looked).isEqualTo(3);
    assertFoundInThePresentShape(after);
    Storage<Document> indexed =
        stores().platform().store(reshaped(name), brief().scanPolicy(ScanPolicy.FORBID).build());
    assertThatCode(() -> assertFoundInThePresentShape(indexed)).doesNotThrowAnyException();
    assertThat(maintenance(reshaped(name)).check(progress -> {}).isClean()).isTrue();
  }

  @Clause
  default void s293_programsOfAFormerShape() {
    String name = stores().freshName();
    Storage<Document> before = stores().platform().store(messages(name).build(), brief().build());
    Storage<Document> after = grown(name);
    maintenance(reshaped(name)).reindex(progress -> {});

    assertThatThrownBy(() -> before.save(doc("id", "late", "kind", "k", "text", "late")))
        .isInstanceOfSatisfying(
            StorageException.class,
            refusal -> {
              assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(refusal.isTransient()).isFalse();
              assertThat(refusal).hasMessageContaining("schema version 2");
            });
    assertThat(after.exists("late")).isFalse();
    assertThat(before.load("b")).as("what it can read").isPresent();
    for (boolean isRepair : List.of(true, false)) {
      Maintenance former = maintenance(messages(name).build());
      assertThatThrownBy(
              () -> {
                Object unused =
                    isRepair ? former.repair(progress -> {}) : former.reindex(progress -> {});
              })
          .isInstanceOf(StoreDefinitionException.class)
          .hasMessageContaining("schema version");
    }
    assertFoundInThePresentShape(after);
  }

  private static ItemType<Document> byKind(
      String store, Function<Document, @Nullable Object> kind) {
    return ItemType.of(store, Document.class)
        .id(document -> document.id().orElse(null))
        .index("by_kind", kind)
        .build();
  }

  @Clause
  default void s294_aFunctionThatChanges() {
    String name = stores().freshName();
    ItemType<Document> former = byKind(name, document -> document.get("kind"));
    ItemType<Document> present =
        byKind(name, document -> String.valueOf(document.get("kind")).toUpperCase(Locale.ROOT));
    Storage<Document> before = stores().platform().store(former);
    before.save(doc("id", "a", "kind", "x"));
    before.save(doc("id", "b", "kind", "Y"));
    Storage<Document> after = stores().platform().store(present);

    DoctorReport found = maintenance(present).check(progress -> {});
    assertThat(found.count(DoctorReport.Kind.MISSING_ENTRY)).isEqualTo(1);
    assertThat(found.count(DoctorReport.Kind.FALSE_ENTRY)).isEqualTo(1);
    assertThat(found.isHealthy()).isFalse();

    assertThat(maintenance(present).repair(progress -> {}).repaired()).isEqualTo(2);

    assertThat(maintenance(present).check(progress -> {}).isClean()).isTrue();
    assertThat(ids(after, where("by_kind").is("X"))).containsExactly("a");
    assertThat(after.count(where("by_kind").is("x"))).isZero();
    assertThat(ids(after, where("by_kind").is("Y"))).containsExactly("b");
  }
}
