package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.DoctorReport;
import io.stowage.api.Document;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.ReindexReport;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.StoreOptions;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Order;

/**
 * Changing the indexes of a store that has data and is in use. The grace period is short, since a
 * reindex waits for it to pass.
 */
interface ReindexClauses extends Clauses {

  /** A short grace period, small batches, and no scan in place of an index. */
  StoreOptions BRIEF =
      StoreOptions.builder()
          .gracePeriod(Duration.ofMillis(100))
          .batchSize(10)
          .sweepEvery(Duration.ZERO)
          .build();

  private static StoreOptions indexedOnly() {
    return StoreOptions.builder()
        .gracePeriod(BRIEF.gracePeriod())
        .sweepEvery(Duration.ZERO)
        .scanPolicy(ScanPolicy.FORBID)
        .build();
  }

  private Maintenance maintenance(ItemType<Document> type) {
    return stores().platform().maintenance(type, BRIEF);
  }

  private StoreDefinition definition(String store) {
    return stores().platform().definition(store).orElseThrow();
  }

  private static void save(Storage<Document> storage, String id, int size) {
    storage.save(
        doc("id", id, "kept", "k", "dropped", "d", "size", size, "added", List.of("x", id)));
  }

  @Clause
  @Order(Clause.FIRST)
  default void s241_indexesAreAddedDroppedAndChangedWhileTheStoreIsInUse() {
    String name = stores().freshName();
    ItemType<Document> before = ItemType.documents(name).index("kept", "dropped", "size").build();
    ItemType<Document> after =
        ItemType.documents(name).index("kept", "added").range("size").build();
    Storage<Document> old = stores().platform().store(before, BRIEF);
    for (String id : Docs.numberedIds(30)) {
      save(old, id, 7);
    }
    AtomicBoolean isDone = new AtomicBoolean();

    List<List<ReindexReport>> reports =
        Threads.call(
            3,
            thread -> {
              if (thread == 0) {
                try {
                  return List.of(maintenance(after).reindex(progress -> {}));
                } finally {
                  isDone.set(true);
                }
              }
              for (int i = 0; !isDone.get(); i++) {
                if (thread == 1) {
                  save(old, "i%04d".formatted(i % 30), 7);
                } else {
                  assertThirty(old, where("kept").is("k"));
                  assertThirty(old, where("dropped").is("d"));
                  assertThirty(old, where("size").is(7));
                  assertThirty(old, where("size").atLeast(7));
                  assertThirty(old, where("added").is("x"));
                }
                Threads.pause();
              }
              return List.of();
            });

    ReindexReport report = reports.get(0).get(0);
    assertThat(report.added())
        .containsExactlyInAnyOrder(
            new IndexDefinition("added", IndexKind.EXACT),
            new IndexDefinition("size", IndexKind.RANGE));
    assertThat(report.dropped())
        .containsExactlyInAnyOrder(
            new IndexDefinition("dropped", IndexKind.EXACT),
            new IndexDefinition("size", IndexKind.EXACT));
    assertThat(report.records()).isGreaterThanOrEqualTo(30);
    assertThat(report.undecodable()).isZero();
    assertThat(report.isResumed()).isFalse();
    assertThat(definition(name).isChanging()).isFalse();
    assertThat(definition(name).indexes())
        .containsExactlyInAnyOrder(
            new IndexDefinition("kept", IndexKind.EXACT),
            new IndexDefinition("added", IndexKind.EXACT),
            new IndexDefinition("size", IndexKind.RANGE));
    assertFoundByNewIndexes(stores().platform().store(after, indexedOnly()));
    assertThat(old.list(where("dropped").is("d"))).as("by a scan").hasSize(30);
    save(old, "late", 9);
    assertThat(ids(old, where("added").is("late"))).containsExactly("late");
    // A write that stood still for longer than the grace period may have left entries of an index
    // that is dropped; they are cleaned up.
    eventually()
        .untilAsserted(
            () -> {
              DoctorReport health = maintenance(after).check(progress -> {});
              assertThat(health.isHealthy()).as("%s", health).isTrue();
              assertThat(health.count(DoctorReport.Kind.UNKNOWN_INDEX)).isZero();
            });
  }

  /**
   * A query answers in full. If its index was dropped and purged while it ran, as may happen if its
   * thread stands still, it says so, and is to be run again.
   */
  private void assertThirty(Storage<Document> storage, Query query) {
    assertThat(answer(() -> storage.list(query))).as("list of %s", query).hasSize(30);
    assertThat(answer(() -> storage.count(query))).as("count of %s", query).isEqualTo(30);
  }

  private <R> R answer(Supplier<R> query) {
    long deadline = System.nanoTime() + patience().toNanos();
    while (true) {
      try {
        return query.get();
      } catch (StorageException refusal) {
        assertThat(refusal).hasMessageContaining("run it again");
        assertThat(refusal.isTransient()).isTrue();
        assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(deadline - System.nanoTime()).as("time left to run it again").isPositive();
      }
    }
  }

  private static void assertFoundByNewIndexes(Storage<Document> storage) {
    assertThat(storage.count(where("kept").is("k"))).isEqualTo(30);
    assertThat(storage.count(where("added").is("x"))).isEqualTo(30);
    assertThat(ids(storage, where("added").is("i0003"))).containsExactly("i0003");
    assertThat(storage.list(where("size").atLeast(6).limit(100))).hasSize(30);
    assertThat(storage.list(where("size").greaterThan(7))).isEmpty();
  }

  /** What ends a reindex from within. */
  final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Interruption() {
      super("the reindex is interrupted here");
    }
  }

  @Clause
  @Order(Clause.FIRST)
  default void s242_aReindexGoesOnWhereItWasInterrupted() {
    String name = stores().freshName();
    ItemType<Document> before = ItemType.documents(name).index("kept").build();
    ItemType<Document> after = ItemType.documents(name).index("kept", "added").build();
    Storage<Document> old = stores().platform().store(before, BRIEF);
    Docs.numberedIds(25).forEach(id -> save(old, id, 1));
    AtomicBoolean hasMet = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                maintenance(after)
                    .reindex(
                        progress -> {
                          if (hasMet.compareAndSet(false, true)) {
                            assertOneAtATime(after);
                          }
                          if (progress.phase().equals("records")) {
                            throw new Interruption();
                          }
                        }))
        .isInstanceOf(Interruption.class);

    assertThat(definition(name).isChanging()).isTrue();
    assertThat(definition(name).building())
        .containsExactly(new IndexDefinition("added", IndexKind.EXACT));
    save(old, "late", 1);
    for (ItemType<Document> type : List.of(before, after)) {
      Storage<Document> meanwhile = stores().platform().store(type, BRIEF);
      assertThat(meanwhile.count(where("kept").is("k"))).isEqualTo(26);
      assertThat(meanwhile.list(where("added").is("x"))).hasSize(26);
    }

    ReindexReport report = maintenance(after).reindex(progress -> {});

    assertThat(report.isResumed()).isTrue();
    assertThat(definition(name).isChanging()).isFalse();
    Storage<Document> storage = stores().platform().store(after, indexedOnly());
    assertThat(storage.count(where("added").is("x"))).isEqualTo(26);
    assertThat(ids(storage, where("added").is("late"))).containsExactly("late");
    assertThat(maintenance(after).check(progress -> {}).isHealthy()).isTrue();
  }

  /** While a reindex is under way another one is refused. */
  private void assertOneAtATime(ItemType<Document> type) {
    assertThatThrownBy(() -> maintenance(type).reindex(progress -> {}))
        .isInstanceOfSatisfying(
            StorageException.class,
            refusal -> {
              assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(refusal).hasMessageContaining("reindex");
            });
  }

  @Clause
  @Order(Clause.FIRST)
  default void s243_aReindexToWhatIsThereChangesNothing() {
    String name = stores().freshName();
    ItemType<Document> type = ItemType.documents(name).index("kept").range("size").build();
    Storage<Document> storage = stores().platform().store(type, BRIEF);
    save(storage, "a", 1);
    StoreDefinition before = definition(name);

    ReindexReport report = maintenance(type).reindex(progress -> {});

    assertThat(report.added()).isEmpty();
    assertThat(report.dropped()).isEmpty();
    assertThat(report.entries()).isZero();
    assertThat(report.isResumed()).isFalse();
    assertThat(definition(name)).isEqualTo(before);
    assertThat(storage.count(Query.all())).isEqualTo(1);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s300_anIndexWithoutWhatCannotBeDecodedIsNotRead() {
    String name = stores().freshName();
    ItemType<Document> before = ItemType.documents(name).index("kept").build();
    ItemType<Document> after = ItemType.documents(name).index("kept").range("size").build();
    Storage<Document> storage = stores().platform().store(before, BRIEF);
    Docs.numberedIds(12).forEach(id -> save(storage, id, 1));
    ItemType<Document> later =
        ItemType.documents(name).index("kept").upcast(1, stored -> stored).build();
    stores().platform().store(later, BRIEF).save(doc("id", "later", "kept", "k", "added", "x"));

    ReindexReport report = maintenance(after).reindex(progress -> {});

    assertThat(report.undecodable()).isEqualTo(1);
    assertThat(report.isComplete()).isFalse();
    assertThat(report.added()).isEmpty();
    assertThat(definition(name).building())
        .containsExactly(new IndexDefinition("size", IndexKind.RANGE));
    storage.delete("later");
    ReindexReport rest = maintenance(after).reindex(progress -> {});
    assertThat(rest.isComplete()).isTrue();
    assertThat(rest.added()).containsExactly(new IndexDefinition("size", IndexKind.RANGE));
    assertThat(definition(name).isChanging()).isFalse();
    assertThat(stores().platform().store(after, indexedOnly()).count(where("size").atLeast(1)))
        .isEqualTo(12);
  }
}
