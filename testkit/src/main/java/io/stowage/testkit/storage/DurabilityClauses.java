package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.AtomicBatchClauses.batching;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static io.stowage.testkit.storage.Docs.incremented;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.AtomicBatch;
import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.ReadFrom;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes that replicas confirm, and reads that replicas answer. */
interface DurabilityClauses extends Clauses {

  /** More replicas than any backend under test has. */
  Durability UNREACHABLE = Durability.replicas(100, Duration.ofMillis(50));

  /** The store with a durability; empty if the adapter has no replicas that confirm. */
  private static Optional<Storage<Document>> confirmed(
      Storage<Document> storage, Durability durability) {
    try {
      return Optional.of(storage.withDurability(durability));
    } catch (StorageException refusal) {
      assertThat(refusal.isTransient()).as("another try would help").isFalse();
      assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      return Optional.empty();
    }
  }

  @Clause
  default void s212_theMastersAnswerIsEnoughEverywhere() {
    Storage<Document> storage = stores().indexed("session");
    Storage<Document> same = storage.withDurability(Durability.master());

    assertThat(same.name()).isEqualTo(storage.name());
    same.save(doc("id", "a", "session", "s"));
    storage.save(doc("id", "b", "session", "s"));

    assertThat(ids(storage, where("session").is("s").oldestFirst())).containsExactly("a", "b");
    assertThat(ids(same, where("session").is("s").oldestFirst())).containsExactly("a", "b");
  }

  @Clause
  default void s213_aWriteThatIsNotConfirmedSaysSo() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(doc("id", "a", "session", "old"));
    Optional<Storage<Document>> confirmed = confirmed(storage, UNREACHABLE);
    if (confirmed.isEmpty()) {
      assertThat(reachableDurability()).as("durability of an adapter without replicas").isEmpty();
      assertThat(storage.load("a")).contains(doc("id", "a", "session", "old"));
      return;
    }

    StorageException failure =
        catchThrowableOfType(
            StorageException.class,
            () -> confirmed.orElseThrow().save(doc("id", "a", "session", "new")));

    assertThat(failure).as("failure of a save that 100 replicas should confirm").isNotNull();
    Document stored = storage.load("a").orElseThrow();
    if (failure.outcome() == Outcome.NOT_APPLIED) {
      assertThat(stored).isEqualTo(doc("id", "a", "session", "old"));
    }
    String session = String.valueOf(stored.get("session"));
    assertThat(session).isIn("old", "new");
    assertThat(ids(storage, where("session").is(session))).containsExactly("a");
    assertThat(storage.count(where("session").exists())).isEqualTo(1);
  }

  @Clause
  default void s214_confirmedWritesAreWrites() {
    Storage<Document> plain = stores().indexed("session");
    Storage<Document> storage =
        plain.withDurability(reachableDurability().orElse(Durability.master()));

    Version first = storage.save(doc("id", "a", "session", "s", "n", 0)).storedVersion();
    assertThat(storage.saveAll(List.of(doc("id", "b", "session", "s"), doc("id", "c"))))
        .allMatch(WriteResult::isStored);
    assertThat(storage.insert(doc("id", "a")).status()).isEqualTo(Status.ALREADY_EXISTS);
    Version second = storage.replace(doc("id", "a", "session", "s", "n", 1), first).storedVersion();
    assertThat(storage.replace(doc("id", "a"), first).status()).isEqualTo(Status.VERSION_CONFLICT);
    assertThat(storage.update("a", item -> incremented(item, "n")).storedVersion())
        .isGreaterThan(second);
    assertThat(storage.touch("a", Duration.ofHours(1))).isTrue();
    assertThat(ids(plain, where("session").is("s"))).containsExactlyInAnyOrder("a", "b");
    assertThat(plain.load("a")).contains(doc("id", "a", "session", "s", "n", 2));
    assertThat(storage.delete("b")).isTrue();
    assertThat(storage.deleteAll(List.of("b", "c"))).isEqualTo(1);
    assertThat(storage.deleteWhere(Query.all())).isEqualTo(1);
    assertThat(plain.count(Query.all())).isZero();
  }

  @Clause
  default void s215_readsFromReplicasFindInTheEndWhatWasWritten() {
    Storage<Document> storage = stores().indexed("session");
    ItemType<Document> type = ItemType.documents(storage.name()).index("session").build();
    StoreOptions options = StoreOptions.builder().readFrom(ReadFrom.REPLICA).build();
    Storage<Document> stale;
    try {
      stale = stores().platform().store(type, options);
    } catch (StorageException refusal) {
      assertThat(refusal.isTransient()).as("another try would help").isFalse();
      assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(refusal).hasMessageContaining("readFrom");
      return;
    }

    storage.save(doc("id", "a", "session", "s"));
    stale.save(doc("id", "b", "session", "s"));
    storage.delete("a");

    eventually()
        .untilAsserted(
            () -> {
              assertThat(stale.load("b")).contains(doc("id", "b", "session", "s"));
              assertThat(stale.load("a")).isEmpty();
              assertThat(ids(stale, where("session").is("s"))).containsExactly("b");
            });
    assertThat(stale.update("b", item -> item.with("n", 1)).isStored()).isTrue();
    assertThat(storage.load("b")).contains(doc("id", "b", "session", "s", "n", 1));
  }

  @Clause
  default void s216_aConfirmedBatchIsABatch() {
    Storage<Document> plain = batching(stores().indexed("session"));
    Storage<Document> storage =
        plain.withDurability(reachableDurability().orElse(Durability.master()));

    assertThat(
            storage
                .atomically(
                    AtomicBatch.<Document>empty()
                        .save(doc("id", "{t}:a", "session", "s"))
                        .insert(doc("id", "{t}:b", "session", "s")))
                .isApplied())
        .isTrue();
    assertThat(storage.atomically(AtomicBatch.<Document>empty().insert(doc("id", "{t}:a"))))
        .satisfies(refused -> assertThat(refused.isApplied()).isFalse());
    assertThat(plain.count(where("session").is("s"))).isEqualTo(2);
  }
}
