package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.incremented;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Document;
import io.stowage.api.Outcome;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.util.concurrent.atomic.AtomicInteger;

/** Read, change, store: the update. */
interface UpdateClauses extends Clauses {

  @Clause
  default void s023_updateChangesTheItem() {
    Storage<Document> storage = stores().indexed("session");
    Version before = storage.save(doc("id", "a", "session", "x", "n", 1)).storedVersion();

    WriteResult result = storage.update("a", item -> item.with("session", "y"));

    assertThat(result.status()).isEqualTo(Status.STORED);
    assertThat(result.id()).isEqualTo("a");
    assertThat(result.storedVersion().isNewerThan(before)).isTrue();
    assertThat(storage.load("a")).contains(doc("id", "a", "session", "y", "n", 1));
    assertThat(ids(storage, where("session").is("x"))).isEmpty();
    assertThat(ids(storage, where("session").is("y"))).containsExactly("a");
  }

  @Clause
  default void s024_updateOfAnAbsentItem() {
    Storage<Document> storage = stores().plain();
    AtomicInteger calls = new AtomicInteger();

    WriteResult result =
        storage.update(
            "a",
            item -> {
              calls.incrementAndGet();
              return item;
            });

    assertThat(result.status()).isEqualTo(Status.ABSENT);
    assertThat(calls).hasValue(0);
    assertThat(storage.exists("a")).isFalse();
  }

  @Clause
  default void s025_updateStartsAgainOnConflict() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a", "n", 1));
    AtomicInteger calls = new AtomicInteger();

    WriteResult result =
        storage.update(
            "a",
            item -> {
              if (calls.incrementAndGet() == 1) {
                storage.save(doc("id", "a", "n", 10));
              }
              return incremented(item, "n");
            });

    assertThat(result.status()).isEqualTo(Status.STORED);
    assertThat(calls).hasValue(2);
    assertThat(storage.load("a")).contains(doc("id", "a", "n", 11));
  }

  @Clause
  default void s026_updateMeetsADelete() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(doc("id", "a", "session", "x"));

    WriteResult result =
        storage.update(
            "a",
            item -> {
              storage.delete("a");
              return item.with("n", 1);
            });

    assertThat(result.status()).isEqualTo(Status.ABSENT);
    assertThat(storage.exists("a")).isFalse();
    assertThat(ids(storage, where("session").is("x"))).isEmpty();
  }

  @Clause
  default void s027_updateMustNotChangeTheId() {
    Storage<Document> storage = stores().plain();
    storage.save(doc("id", "a", "n", 1));

    assertThatThrownBy(() -> storage.update("a", item -> item.with("id", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining("'b'");
    assertThat(storage.load("a")).contains(doc("id", "a", "n", 1));
    assertThat(storage.exists("b")).isFalse();
  }

  @Clause
  default void s028_updatePassesExceptionsThrough() {
    Storage<Document> storage = stores().plain();
    Version before = storage.save(doc("id", "a", "n", 1)).storedVersion();
    IllegalMonitorStateException thrown = new IllegalMonitorStateException("by the function");

    assertThatThrownBy(
            () ->
                storage.update(
                    "a",
                    item -> {
                      throw thrown;
                    }))
        .isSameAs(thrown);
    assertThat(storage.loadVersioned("a").orElseThrow().version()).isEqualTo(before);
  }

  @Clause
  default void s029_updateGivesUp() {
    StoreOptions options = StoreOptions.builder().updateAttempts(3).build();
    Storage<Document> storage = stores().documents(options, type -> type);
    storage.save(doc("id", "a", "n", 0));
    AtomicInteger calls = new AtomicInteger();

    StorageException failure =
        catchThrowableOfType(
            StorageException.class,
            () ->
                storage.update(
                    "a",
                    item -> {
                      storage.save(doc("id", "a", "n", calls.incrementAndGet()));
                      return item.with("mine", true);
                    }));

    assertThat(failure).isNotNull();
    assertThat(calls).hasValue(3);
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure.store()).isEqualTo(storage.name());
    assertThat(failure.operation()).isEqualTo("update");
    assertThat(failure.adapter()).isEqualTo(stores().platform().adapter());
    assertThat(storage.load("a")).contains(doc("id", "a", "n", 3));
  }

  @Clause
  default void s030_updateWithoutChange() {
    Storage<Document> storage = stores().plain();
    Version before = storage.save(doc("id", "a", "n", 1)).storedVersion();

    Version after = storage.update("a", item -> item).storedVersion();

    assertThat(after.isNewerThan(before)).isTrue();
    assertThat(storage.load("a")).contains(doc("id", "a", "n", 1));
  }

  @Clause
  default void s031_updateOfAnItemThatLacksItsId() {
    Storage<Note> storage = stores().notes();
    String id = storage.save(Note.of(null, "s", 1)).id();

    WriteResult result = storage.update(id, note -> note.withText("changed"));

    assertThat(result.status()).isEqualTo(Status.STORED);
    assertThat(result.id()).isEqualTo(id);
    assertThat(storage.load(id)).contains(Note.of(null, "s", 1).withText("changed"));
    assertThat(storage.list(where("session_id").is("s"))).hasSize(1);
  }
}
