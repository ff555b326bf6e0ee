package io.stowage.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bulk delete whose backend fails says whether an earlier batch was removed. */
class BulkDeleteOutcomeTest {

  private static void nothing() {}

  private static void failure() {
    throw AdapterException.unavailable("no connection", null);
  }

  @Test
  void laterBatchOfAQueryIsUnknown() {
    assertThat(
            outcome(
                s -> s.deleteWhere(Query.where("kind").is("a")),
                BulkDeleteOutcomeTest::nothing,
                BulkDeleteOutcomeTest::failure))
        .isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void firstBatchOfAQueryIsNotApplied() {
    assertThat(
            outcome(
                s -> s.deleteWhere(Query.where("kind").is("a")), BulkDeleteOutcomeTest::failure))
        .isEqualTo(Outcome.NOT_APPLIED);
  }

  @Test
  void laterBatchOfOldItemsIsUnknown() {
    assertThat(
            outcome(
                s -> s.deleteOlderThan(Duration.ofMinutes(1)),
                BulkDeleteOutcomeTest::nothing,
                BulkDeleteOutcomeTest::failure))
        .isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void whatWasRemovedBeforeAFailureIsCounted() {
    StorageException failure =
        failure(
            s -> s.deleteWhere(Query.where("kind").is("a")),
            BulkDeleteOutcomeTest::nothing,
            BulkDeleteOutcomeTest::nothing,
            BulkDeleteOutcomeTest::failure);

    assertThat(failure.applied()).isEqualTo(20);
    assertThat(failure).hasMessageContaining("20 items were written or removed");
  }

  record Thing(String id, String kind) {}

  @Test
  void aFunctionOfTheApplicationThatThrowsHalfwayDoesNotHideWhatWasRemoved() {
    IllegalMonitorStateException own = new IllegalMonitorStateException("by the function");
    AtomicInteger asked = new AtomicInteger();
    ItemType<Thing> type =
        ItemType.of("odd", Thing.class)
            .id(Thing::id)
            .index("kind", Thing::kind)
            .index(
                "odd",
                thing -> {
                  if (asked.incrementAndGet() > 40 + 25) {
                    throw own;
                  }
                  return 1;
                })
            .build();
    try (TestPlatform test = new TestPlatform()) {
      Storage<Thing> store =
          test.platform.store(type, StoreOptions.builder().batchSize(10).build());
      store.saveAll(IntStream.range(0, 40).mapToObj(i -> new Thing("t" + i, "a")).toList());

      StorageException failure =
          catchThrowableOfType(
              StorageException.class,
              () -> store.deleteWhere(Query.where("kind").is("a").and("odd").isNot(2)));

      assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(failure.applied()).isPositive().isEqualTo(40 - store.count(Query.all()));
      assertThat(failure).hasCause(own);
    }
  }

  /** A time-out in what only reads leaves nothing in doubt. */
  @Test
  void readsWithoutAnAnswerBeforeAnyRemovalApplyNothing() {
    Runnable timeOut =
        () -> {
          throw AdapterException.unanswered("time-out", null);
        };
    try (TestPlatform test = new TestPlatform()) {
      Storage<Document> store = test.store(TestPlatform.THINGS, StoreOptions.defaults());
      store.save(TestPlatform.thing("t", "a", 1));
      test.clock.move(Duration.ofMinutes(2));
      for (Consumer<Storage<Document>> operation :
          List.<Consumer<Storage<Document>>>of(
              s -> s.deleteWhere(Query.where("kind").is("a")),
              s -> s.update("t", thing -> thing))) {
        test.disturbance().before(Call.READ, timeOut);
        StorageException failure =
            catchThrowableOfType(StorageException.class, () -> operation.accept(store));
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
        assertThat(failure.isTransient()).isTrue();
      }
      test.disturbance().before(Call.SCAN, timeOut);
      assertThat(
              catchThrowableOfType(
                      StorageException.class, () -> store.deleteOlderThan(Duration.ofMinutes(1)))
                  .outcome())
          .isEqualTo(Outcome.NOT_APPLIED);
    }
  }

  private static Outcome outcome(Consumer<Storage<Document>> operation, Runnable... removals) {
    return failure(operation, removals).outcome();
  }

  private static StorageException failure(
      Consumer<Storage<Document>> operation, Runnable... removals) {
    try (TestPlatform test = new TestPlatform()) {
      Storage<Document> store =
          test.store(TestPlatform.THINGS, StoreOptions.builder().batchSize(10).build());
      store.saveAll(
          IntStream.range(0, 40).mapToObj(i -> TestPlatform.thing("t" + i, "a", i)).toList());
      test.clock.move(Duration.ofMinutes(2));
      test.disturbance().before(Call.REMOVE, removals);
      return catchThrowableOfType(StorageException.class, () -> operation.accept(store));
    }
  }
}
