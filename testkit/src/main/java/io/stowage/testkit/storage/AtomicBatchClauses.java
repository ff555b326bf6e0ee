package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AtomicBatch;
import io.stowage.api.BatchResult;
import io.stowage.api.Document;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.TimeToLive;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.opentest4j.TestAbortedException;

/**
 * Atomic batches. The ids of a batch share a {@code {tag}}, so that every adapter can hold them
 * together; the one clause that says otherwise asks what becomes of others.
 */
interface AtomicBatchClauses extends Clauses {

  /** A batch of nothing yet. */
  static AtomicBatch<Document> batch() {
    return AtomicBatch.empty();
  }

  /** The store, if its adapter has atomic batches; otherwise ends the test as skipped. */
  static <T> Storage<T> batching(Storage<T> storage) {
    try {
      storage.atomically(AtomicBatch.<T>empty().delete("nobody"));
      return storage;
    } catch (StorageException e) {
      if (e.isTransient() || e.outcome() != Outcome.NOT_APPLIED) {
        throw e;
      }
      throw new TestAbortedException("the adapter has no atomic batches: " + e.getMessage());
    }
  }

  private static List<Status> statuses(BatchResult result) {
    return result.results().stream().map(WriteResult::status).toList();
  }

  private static Version version(Storage<?> storage, String id) {
    return storage.loadVersioned(id).orElseThrow().version();
  }

  @Clause
  default void s190_batchesWorkOrAreRefused() {
    Storage<Document> storage = stores().indexed("session");
    storage.save(doc("id", "{t}:a", "session", "old"));
    AtomicBatch<Document> batch =
        batch().save(doc("id", "{t}:a", "session", "new")).insert(doc("id", "{t}:b"));
    try {
      assertThat(storage.atomically(batch).isApplied()).isTrue();
      assertThat(storage.load("{t}:a")).contains(doc("id", "{t}:a", "session", "new"));
      assertThat(storage.exists("{t}:b")).isTrue();
    } catch (StorageException refusal) {
      assertThat(refusal.isTransient()).as("another try would help").isFalse();
      assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(refusal).hasMessageContaining("atomic");
      assertThat(storage.load("{t}:a")).contains(doc("id", "{t}:a", "session", "old"));
      assertThat(storage.exists("{t}:b")).isFalse();
    }
  }

  @Clause
  default void s191_everythingIsApplied() {
    Storage<Document> storage = batching(stores().plain());
    storage.save(doc("id", "{t}:saved", "n", 0));
    Version replaced = storage.save(doc("id", "{t}:replaced", "n", 0)).storedVersion();
    storage.save(doc("id", "{t}:deleted"));
    Version deleted = storage.save(doc("id", "{t}:deletedAt")).storedVersion();

    BatchResult result =
        storage.atomically(
            batch()
                .save(doc("id", "{t}:saved", "n", 1))
                .save(doc("id", "{t}:new", "n", 1))
                .insert(doc("id", "{t}:inserted", "n", 1))
                .replace(doc("id", "{t}:replaced", "n", 1), replaced)
                .delete("{t}:deleted")
                .delete("{t}:deletedAt", deleted));

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results())
        .extracting(WriteResult::id)
        .containsExactly(
            "{t}:saved", "{t}:new", "{t}:inserted", "{t}:replaced", "{t}:deleted", "{t}:deletedAt");
    assertThat(statuses(result))
        .containsExactly(
            Status.STORED,
            Status.STORED,
            Status.STORED,
            Status.STORED,
            Status.DELETED,
            Status.DELETED);
    for (WriteResult stored : result.results().subList(0, 4)) {
      assertThat(storage.load(stored.id())).contains(doc("id", stored.id(), "n", 1));
      assertThat(stored.storedVersion()).isEqualTo(version(storage, stored.id()));
    }
    assertThat(storage.loadAll(List.of("{t}:deleted", "{t}:deletedAt"))).isEmpty();
    assertThat(storage.count(Query.all())).isEqualTo(4);
  }

  @Clause
  default void s192_anInsertOfAStoredIdRefusesTheBatch() {
    Storage<Document> storage = batching(stores().indexed("session"));
    Version standing = storage.save(doc("id", "{t}:a", "session", "s")).storedVersion();
    storage.save(doc("id", "{t}:b", "session", "s"));

    BatchResult result =
        storage.atomically(
            batch()
                .save(doc("id", "{t}:new", "session", "t"))
                .insert(doc("id", "{t}:a", "session", "t"))
                .delete("{t}:b"));

    assertThat(result.isApplied()).isFalse();
    assertThat(statuses(result))
        .containsExactly(Status.NOT_APPLIED, Status.ALREADY_EXISTS, Status.NOT_APPLIED);
    assertThat(result.results().get(1).version()).contains(standing);
    assertThat(version(storage, "{t}:a")).isEqualTo(standing);
    assertThat(ids(storage, where("session").is("s").oldestFirst()))
        .containsExactly("{t}:a", "{t}:b");
    assertThat(storage.list(where("session").is("t"))).isEmpty();
    assertThat(storage.count(Query.all())).isEqualTo(2);
  }

  @Clause
  default void s193_aReplaceAtAnotherVersionRefusesTheBatch() {
    Storage<Document> storage = batching(stores().plain());
    Version old = storage.save(doc("id", "{t}:a", "n", 0)).storedVersion();
    Version standing = storage.save(doc("id", "{t}:a", "n", 1)).storedVersion();

    BatchResult conflict =
        storage.atomically(
            batch().replace(doc("id", "{t}:a", "n", 2), old).insert(doc("id", "{t}:b")));
    BatchResult absent =
        storage.atomically(
            batch().insert(doc("id", "{t}:b")).replace(doc("id", "{t}:none"), standing));

    assertThat(conflict.isApplied()).isFalse();
    assertThat(statuses(conflict)).containsExactly(Status.VERSION_CONFLICT, Status.NOT_APPLIED);
    assertThat(conflict.results().get(0).version()).contains(standing);
    assertThat(absent.isApplied()).isFalse();
    assertThat(statuses(absent)).containsExactly(Status.NOT_APPLIED, Status.ABSENT);
    assertThat(absent.results().get(1).version()).isEmpty();
    assertThat(storage.load("{t}:a")).contains(doc("id", "{t}:a", "n", 1));
    assertThat(storage.count(Query.all())).isEqualTo(1);
  }

  @Clause
  default void s194_aDeleteAtAnotherVersionRefusesTheBatch() {
    Storage<Document> storage = batching(stores().plain());
    Version old = storage.save(doc("id", "{t}:a", "n", 0)).storedVersion();
    Version standing = storage.save(doc("id", "{t}:a", "n", 1)).storedVersion();

    BatchResult conflict =
        storage.atomically(batch().delete("{t}:a", old).save(doc("id", "{t}:b")));
    BatchResult absent =
        storage.atomically(batch().delete("{t}:none", old).save(doc("id", "{t}:b")));

    assertThat(conflict.isApplied()).isFalse();
    assertThat(statuses(conflict)).containsExactly(Status.VERSION_CONFLICT, Status.NOT_APPLIED);
    assertThat(conflict.results().get(0).version()).contains(standing);
    assertThat(absent.isApplied()).isFalse();
    assertThat(statuses(absent)).containsExactly(Status.ABSENT, Status.NOT_APPLIED);
    assertThat(version(storage, "{t}:a")).isEqualTo(standing);
    assertThat(storage.count(Query.all())).isEqualTo(1);
  }

  @Clause
  default void s195_aPlainDeleteOfAnAbsentItemIsNoObstacle() {
    Storage<Document> storage = batching(stores().plain());

    BatchResult result =
        storage.atomically(batch().delete("{t}:none").save(doc("id", "{t}:a", "n", 1)));

    assertThat(result.isApplied()).isTrue();
    assertThat(statuses(result)).containsExactly(Status.ABSENT, Status.STORED);
    assertThat(storage.load("{t}:a")).contains(doc("id", "{t}:a", "n", 1));
  }

  @Clause
  default void s196_anExpiredItemRefusesTheBatch() {
    Storage<Document> storage = batching(stores().plain());
    storage.save(doc("id", "{t}:a", "n", 0));
    Instant past = Instant.now().minusSeconds(3_600);

    BatchResult result =
        storage.atomically(
            batch()
                .save(doc("id", "{t}:a", "n", 1, "expires_at", past.toString()))
                .save(doc("id", "{t}:b"))
                .delete("{t}:a2"));

    assertThat(result.isApplied()).isFalse();
    assertThat(statuses(result))
        .containsExactly(Status.ALREADY_EXPIRED, Status.NOT_APPLIED, Status.NOT_APPLIED);
    assertThat(storage.load("{t}:a")).contains(doc("id", "{t}:a", "n", 0));
    assertThat(storage.exists("{t}:b")).isFalse();
  }

  @Clause
  default void s197_everyObstacleIsTold() {
    Storage<Document> storage = batching(stores().plain());
    Version a = storage.save(doc("id", "{t}:a")).storedVersion();
    Version b = storage.save(doc("id", "{t}:b")).storedVersion();

    BatchResult result =
        storage.atomically(
            batch()
                .insert(doc("id", "{t}:a"))
                .replace(doc("id", "{t}:b"), a)
                .delete("{t}:none", b)
                .save(doc("id", "{t}:late", "expires_at", 1))
                .save(doc("id", "{t}:fine")));

    assertThat(result.isApplied()).isFalse();
    assertThat(statuses(result))
        .containsExactly(
            Status.ALREADY_EXISTS,
            Status.VERSION_CONFLICT,
            Status.ABSENT,
            Status.ALREADY_EXPIRED,
            Status.NOT_APPLIED);
    assertThat(result.results().subList(0, 2).stream().map(r -> r.version().orElseThrow()))
        .containsExactly(a, b);
    assertThat(storage.count(Query.all())).isEqualTo(2);
  }

  @Clause
  default void s198_indexesFollowABatch() {
    Storage<Document> storage = batching(stores().indexed("session", "tags"));
    for (String id : List.of("{t}:moved", "{t}:deleted", "{t}:stays")) {
      storage.save(doc("id", id, "session", "s", "tags", List.of("x", id)));
    }

    assertThat(
            storage
                .atomically(
                    batch()
                        .save(doc("id", "{t}:moved", "session", "t", "tags", List.of("y")))
                        .delete("{t}:deleted")
                        .insert(doc("id", "{t}:new", "session", "t", "tags", List.of("x", "y"))))
                .isApplied())
        .isTrue();

    assertThat(ids(storage, where("session").is("s"))).containsExactly("{t}:stays");
    assertThat(ids(storage, where("session").is("t").oldestFirst()))
        .containsExactlyInAnyOrder("{t}:moved", "{t}:new");
    assertThat(ids(storage, where("tags").is("x")))
        .containsExactlyInAnyOrder("{t}:stays", "{t}:new");
    assertThat(ids(storage, where("tags").is("y")))
        .containsExactlyInAnyOrder("{t}:moved", "{t}:new");
    assertThat(storage.count(where("tags").is("{t}:moved"))).isZero();
    assertThat(storage.count(where("tags").is("{t}:deleted"))).isZero();
    assertThat(storage.count(where("session").is("t"))).isEqualTo(2);
  }

  @Clause
  default void s199_eachItemOfABatchHasItsOwnTtl() {
    Storage<Document> storage = batching(stores().expiring(Ttl.absolute(Duration.ofHours(1))));
    long inTwoHours = Instant.now().plusSeconds(7_200).getEpochSecond();
    eventually().until(() -> isApplied(storage, inTwoHours, Instant.now().plus(TtlClauses.SHORT)));

    assertThat(storage.ttl("{t}:policy").remaining().orElseThrow())
        .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
    assertThat(storage.ttl("{t}:own").remaining().orElseThrow())
        .isBetween(Duration.ofMinutes(110), Duration.ofHours(2));
    eventually().until(() -> storage.ttl("{t}:soon").equals(TimeToLive.absent()));
    assertThat(ids(storage, where("session").is("s")))
        .containsExactlyInAnyOrder("{t}:policy", "{t}:own");
  }

  /** Whether a batch came before its item's end; if not, nothing of it was applied. */
  private static boolean isApplied(Storage<Document> storage, long inTwoHours, Instant soon) {
    BatchResult result =
        storage.atomically(
            batch()
                .save(doc("id", "{t}:policy", "session", "s"))
                .insert(doc("id", "{t}:own", "session", "s", "expires_at", inTwoHours))
                .save(doc("id", "{t}:soon", "session", "s", "expires_at", soon.toString())));
    if (!result.isApplied()) {
      assertThat(result.results().get(2).status()).isEqualTo(Status.ALREADY_EXPIRED);
      assertThat(storage.exists("{t}:policy")).isFalse();
    }
    return result.isApplied();
  }

  @Clause
  default void s200_anItemOfABatchGetsAGeneratedId() {
    Storage<Document> storage = batching(stores().indexed("session"));

    BatchResult result = storage.atomically(batch().insert(doc("session", "s")));

    assertThat(result.isApplied()).isTrue();
    String id = result.results().get(0).id();
    assertThat(UUID.fromString(id).version()).isEqualTo(7);
    assertThat(storage.load(id)).contains(doc("session", "s", "id", id));
    assertThat(ids(storage, where("session").is("s"))).containsExactly(id);
  }

  @Clause
  default void s201_badBatchesAreRefused() {
    Storage<Document> storage = batching(stores().plain());
    storage.save(doc("id", "{t}:a", "n", 0));
    AtomicBatch<Document> good = batch().save(doc("id", "{t}:b"));

    assertThatThrownBy(() -> storage.atomically(batch()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(
            () -> storage.atomically(good.save(doc("id", "{t}:a", "n", 1)).delete("{t}:a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{t}:a")
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> storage.atomically(good.delete("{t}" + "x".repeat(4_096))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4096");
    assertThatThrownBy(
            () -> storage.atomically(good.save(doc("id", "{t}:c", "expires_at", "never"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never");

    assertThat(storage.load("{t}:a")).contains(doc("id", "{t}:a", "n", 0));
    assertThat(storage.count(Query.all())).isEqualTo(1);
  }

  @Clause
  default void s202_aBatchOfAThousand() {
    Storage<Document> storage = batching(stores().indexed("group"));
    List<String> ids =
        IntStream.range(0, AtomicBatch.MAX_SIZE).mapToObj("{t}:%04d"::formatted).toList();
    AtomicBatch<Document> batch = batch();
    for (String id : ids) {
      batch = batch.insert(doc("id", id, "group", "g", "text", "text of " + id));
    }

    BatchResult result = storage.atomically(batch);

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results()).extracting(WriteResult::id).isEqualTo(ids);
    assertThat(result.results()).allMatch(WriteResult::isStored);
    assertThat(storage.loadAll(ids)).hasSize(AtomicBatch.MAX_SIZE);
    assertThat(storage.count(where("group").is("g"))).isEqualTo(AtomicBatch.MAX_SIZE);
    AtomicBatch<Document> again = batch;
    assertThatThrownBy(() -> again.delete("{t}:more"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
    BatchResult refused = storage.atomically(again);
    assertThat(refused.isApplied()).isFalse();
    assertThat(statuses(refused)).containsOnly(Status.ALREADY_EXISTS);
  }

  @Clause
  default void s203_versionsOfABatchAreGoodForWhatFollows() {
    Storage<Document> storage = batching(stores().plain());
    Version before = storage.save(doc("id", "{t}:a", "n", 0)).storedVersion();

    Version batched =
        storage
            .atomically(batch().save(doc("id", "{t}:a", "n", 1)).insert(doc("id", "{t}:b")))
            .results()
            .get(0)
            .storedVersion();

    assertThat(batched).isGreaterThan(before);
    assertThat(storage.replace(doc("id", "{t}:a", "n", 2), before).status())
        .isEqualTo(Status.VERSION_CONFLICT);
    WriteResult replaced = storage.replace(doc("id", "{t}:a", "n", 2), batched);
    assertThat(replaced.status()).isEqualTo(Status.STORED);
    BatchResult next =
        storage.atomically(batch().replace(doc("id", "{t}:a", "n", 3), replaced.storedVersion()));
    assertThat(next.isApplied()).isTrue();
    assertThat(storage.save(doc("id", "{t}:a", "n", 4)).storedVersion())
        .isGreaterThan(next.results().get(0).storedVersion());
  }

  @Clause
  default void s204_itemsThatCannotBeHeldTogetherAreRefused() {
    Storage<Document> storage = batching(stores().indexed("session"));
    List<String> ids = Docs.numberedIds(40);
    storage.save(doc("id", ids.get(0), "session", "old"));
    AtomicBatch<Document> batch = batch();
    for (String id : ids) {
      batch = batch.save(doc("id", id, "session", "new"));
    }
    AtomicBatch<Document> unrelated = batch;

    try {
      assertThat(storage.atomically(unrelated).isApplied()).isTrue();
      assertThat(storage.count(where("session").is("new"))).isEqualTo(40);
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal).hasMessageContaining(ids.get(0)).hasMessageContaining("{tag}");
      assertThat(storage.load(ids.get(0))).contains(doc("id", ids.get(0), "session", "old"));
      assertThat(storage.count(Query.all())).isEqualTo(1);
      assertThat(storage.estimateCount(where("session").is("new"))).isZero();
    }
  }

  @Clause
  default void s205_typedItemsInABatch() {
    Storage<Note> storage = batching(stores().notes());
    storage.save(Note.of("{t}:a", "s", 1));

    BatchResult result =
        storage.atomically(
            AtomicBatch.<Note>empty()
                .save(Note.of("{t}:a", "s", 9).withTags("new"))
                .insert(Note.of("{t}:b", "s", 5)));

    assertThat(result.isApplied()).isTrue();
    assertThat(storage.load("{t}:a")).contains(Note.of("{t}:a", "s", 9).withTags("new"));
    assertThat(storage.list(where("session_id").is("s").oldestFirst()))
        .extracting(Note::id)
        .containsExactly("{t}:b", "{t}:a");
    assertThat(storage.list(where("tags").is("new"))).extracting(Note::id).containsExactly("{t}:a");
  }

  @Clause
  default void s206_batchesWithoutWaiting() throws Exception {
    Storage<Document> storage = batching(stores().plain());

    BatchResult result = joined(storage, batch().insert(doc("id", "{t}:a")).delete("{t}:b"));

    assertThat(result.isApplied()).isTrue();
    assertThat(statuses(result)).containsExactly(Status.STORED, Status.ABSENT);
    assertThat(storage.exists("{t}:a")).isTrue();
    assertThat(joined(storage, batch().insert(doc("id", "{t}:a"))).isApplied()).isFalse();
    assertThatThrownBy(() -> joined(storage, batch()))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class);
  }

  private BatchResult joined(Storage<Document> storage, AtomicBatch<Document> batch)
      throws ExecutionException, InterruptedException, TimeoutException {
    return storage
        .async()
        .atomically(batch)
        .toCompletableFuture()
        .get(patience().toSeconds(), TimeUnit.SECONDS);
  }
}
