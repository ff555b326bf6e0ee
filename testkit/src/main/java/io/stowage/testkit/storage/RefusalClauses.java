package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AsyncStorage;
import io.stowage.api.AtomicBatch;
import io.stowage.api.Cursor;
import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.Filter;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoragePlatform;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.api.Version;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Bad input, and use after close. */
interface RefusalClauses extends Clauses {

  private static void assertRefused(ThrowingCallable call, String... named) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(named);
  }

  @Clause
  default void s183_badQueries() {
    assertRefused(() -> Query.all().limit(0), "limit", "0");
    assertRefused(() -> Query.all().limit(-3), "limit", "-3");
    assertRefused(() -> where(""), "field");
    assertRefused(() -> where("a..b"), "a..b");
    assertRefused(() -> where("$gt"), "$gt");
    assertRefused(() -> where("a").is(new Object[0]), "a", "allowed");
    assertRefused(() -> where("a").is(Double.NaN), "NaN", "allowed");
    assertRefused(() -> where("a").in(List.of(List.of(1))), "a", "allowed");
    assertRefused(() -> Filter.or(), "or");
    assertRefused(() -> new Cursor(""), "cursor");
  }

  @Clause
  default void s184_badDocuments() {
    assertRefused(() -> doc("a", fields("b", new Object())), "a.b", "allowed");
    assertRefused(() -> doc("a", Double.POSITIVE_INFINITY), "a", "Infinity");
    assertRefused(() -> doc("a", Map.of(1, 2)), "1", "allowed");
    Storage<Document> storage = stores().plain();
    for (Object id : List.of(true, 1.5, List.of("a"), Map.of())) {
      assertRefused(() -> storage.save(doc("id", id)), "id", id.toString());
      assertRefused(() -> storage.saveAll(List.of(doc("id", "x"), doc("id", id))), "id");
    }
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s185_badItemTypes() {
    assertRefused(() -> ItemType.documents("s").index("a").range("a"), "'a'", "twice");
    assertRefused(() -> ItemType.documents("s").index("a b"), "'a b'");
    assertRefused(() -> ItemType.documents("s").index("a..b"), "'a..b'");
    assertRefused(() -> ItemType.of("s", Note.class).build(), "id", "'s'");
    assertRefused(() -> ItemType.of("s", Note.class).orderedBy("created_at"), "'created_at'");
  }

  @Clause
  default void s186_refusedBeforeWriting() {
    Storage<Document> storage = stores().indexed("session");

    assertRefused(
        () ->
            storage.saveAll(
                List.of(
                    doc("id", "a", "session", "s"),
                    doc("id", "b", "session", "s", "expires_at", "never"),
                    doc("id", "c", "session", "s"))),
        "never");
    assertThat(storage.count(where("session").is("s"))).isZero();
    assertThat(storage.count(Query.all())).isZero();
  }

  @Clause
  default void s187_useAfterClose() {
    StoragePlatform platform = stores().newPlatform();
    Storage<Document> storage = platform.documents(stores().freshName());
    Version version = storage.save(doc("id", "a")).storedVersion();
    Maintenance maintenance =
        platform.maintenance(ItemType.documents(storage.name()).build(), StoreOptions.defaults());
    platform.close();
    assertThatCode(platform::close).doesNotThrowAnyException();

    Map<String, ThrowingCallable> operations = new LinkedHashMap<>();
    operations.put("save", () -> storage.save(doc("id", "a")));
    operations.put("saveAll", () -> storage.saveAll(List.of(doc("id", "a"))));
    operations.put("insert", () -> storage.insert(doc("id", "a")));
    operations.put("replace", () -> storage.replace(doc("id", "a"), version));
    operations.put("update", () -> storage.update("a", item -> item));
    operations.put("load", () -> storage.load("a"));
    operations.put("loadVersioned", () -> storage.loadVersioned("a"));
    operations.put("loadAll", () -> storage.loadAll(List.of("a")));
    operations.put("exists", () -> storage.exists("a"));
    operations.put("delete", () -> storage.delete("a"));
    operations.put("deleteAll", () -> storage.deleteAll(List.of("a")));
    operations.put("deleteWhere", () -> storage.deleteWhere(Query.all()));
    operations.put("list", () -> storage.list(Query.all()));
    operations.put("list by index", () -> storage.list(where("type").is("x")));
    operations.put("page", () -> storage.page(Query.all()));
    operations.put("stream", () -> Docs.streamedIds(storage, Query.all()));
    operations.put("count", () -> storage.count(Query.all()));
    operations.put("estimateCount", () -> storage.estimateCount(where("type").is("x")));
    operations.put("touch", () -> storage.touch("a", Duration.ofHours(1)));
    operations.put("ttl", () -> storage.ttl("a"));
    operations.put("deleteOlderThan", () -> storage.deleteOlderThan(Duration.ofHours(1)));
    operations.put(
        "atomically", () -> storage.atomically(AtomicBatch.<Document>empty().delete("a")));
    operations.put("withDurability", () -> storage.withDurability(Durability.master()));
    operations.put("sweep", () -> maintenance.sweep(SweepOptions.defaults()));
    operations.put("check", () -> maintenance.check(progress -> {}));
    operations.put("repair", () -> maintenance.repair(progress -> {}));
    operations.put("reindex", () -> maintenance.reindex(progress -> {}));
    operations.put("servers", platform::servers);
    operations.put("documents", () -> platform.documents("other"));
    operations.put("store", () -> platform.store(ItemType.documents("other").build()));
    operations.put("definition", () -> platform.definition("other"));
    operations.forEach(
        (name, operation) ->
            assertThatThrownBy(operation)
                .as(name)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed"));
  }

  @Clause
  default void s188_asyncUseAfterClose() {
    StoragePlatform platform = stores().newPlatform();
    Storage<Document> storage = platform.documents(stores().freshName());
    AsyncStorage<Document> before = storage.async();
    platform.close();

    List<Function<AsyncStorage<Document>, ?>> operations =
        List.of(
            async -> joined(() -> async.save(doc("id", "a"))),
            async -> joined(() -> async.load("a")),
            async -> joined(() -> async.list(Query.all())),
            async -> joined(() -> async.delete("a")),
            async -> joined(() -> async.atomically(AtomicBatch.<Document>empty().delete("a"))));
    for (Function<AsyncStorage<Document>, ?> operation : operations) {
      assertThatThrownBy(() -> operation.apply(before)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> operation.apply(storage.async()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private <R> R joined(Supplier<java.util.concurrent.CompletionStage<R>> call) {
    try {
      return call.get().toCompletableFuture().get(patience().toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError("the stage failed with a checked exception", failure);
    } catch (InterruptedException | java.util.concurrent.TimeoutException failure) {
      throw new AssertionError("the stage did not complete", failure);
    }
  }

  @Clause
  default void s189_platformsAreIndependent() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a"));

    stores().newPlatform().close();

    assertThat(storage.exists("a")).isTrue();
    assertThat(storage.save(doc("id", "b")).isStored()).isTrue();
  }

  /** An update on a platform of its own, which stands still in its function until it is let go. */
  private HeldUpdate heldUpdate() {
    StoragePlatform platform = stores().newPlatform();
    Storage<Document> storage = platform.documents(stores().freshName());
    storage.save(doc("id", "a"));
    HeldUpdate update = new HeldUpdate(platform, storage, patience());
    update.begin();
    return update;
  }

  @Clause
  default void s271_closeWaitsForCallsUnderWay() throws Exception {
    HeldUpdate update = heldUpdate();
    CompletableFuture<?> closing =
        CompletableFuture.runAsync(() -> update.platform().close(patience()), HeldUpdate::start);

    eventually()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> update.storage().exists("a"))
                    .isInstanceOf(IllegalStateException.class));
    update.letGo();

    assertThatCode(() -> assertThat(update.result().isStored()).isTrue())
        .as("the update that was under way")
        .doesNotThrowAnyException();
    closing.get(patience().toSeconds(), TimeUnit.SECONDS);
  }

  @Clause
  default void s272_aCallThatTheCloseCutsOffTellsItsOutcome() {
    HeldUpdate update = heldUpdate();
    update.platform().close(Duration.ZERO);
    update.letGo();

    assertThatThrownBy(update::result)
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.outcome()).isNotNull());
  }
}
