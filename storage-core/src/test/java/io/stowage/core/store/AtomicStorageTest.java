package io.stowage.core.store;

import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.AtomicBatch;
import io.stowage.api.BatchResult;
import io.stowage.api.Document;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Outcome;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.TimeToLive;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Atomic batches as an application sends them. */
class AtomicStorageTest {

  private final TestPlatform test = new TestPlatform();
  private final Storage<Document> things =
      test.store(THINGS, StoreOptions.builder().ttl(Ttl.absolute(Duration.ofHours(1))).build());

  private Version stored;

  @BeforeEach
  void store() {
    stored = things.save(thing("a", "red", 1)).storedVersion();
    things.save(thing("b", "red", 2));
    test.disturbance().forgetCalls();
  }

  @AfterEach
  void close() {
    test.close();
  }

  private static AtomicBatch<Document> batch() {
    return AtomicBatch.empty();
  }

  private List<String> ids(String kind) {
    return things.list(Query.where("kind").is(kind)).stream()
        .map(document -> document.id().orElseThrow())
        .toList();
  }

  @Test
  void everyKindOfChangeIsAppliedAtOnce() {
    BatchResult result =
        things.atomically(
            batch()
                .replace(thing("a", "blue", 1), stored)
                .delete("b")
                .insert(thing("c", "blue", 3))
                .save(thing("d", "blue", 4)));

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results())
        .extracting(WriteResult::status)
        .containsExactly(Status.STORED, Status.DELETED, Status.STORED, Status.STORED);
    assertThat(ids("blue")).containsExactlyInAnyOrder("a", "c", "d");
    assertThat(ids("red")).isEmpty();
    assertThat(things.ttl("c")).isEqualTo(TimeToLive.of(Duration.ofHours(1)));
    assertThat(test.disturbance().sizes(Call.APPLY)).containsExactly(4);
  }

  @Test
  void nothingIsAppliedIfOneThingStandsInTheWay() {
    BatchResult result =
        things.atomically(
            batch().save(thing("a", "blue", 1)).insert(thing("b", "blue", 2)).delete("a2"));

    assertThat(result.isApplied()).isFalse();
    assertThat(result.results())
        .extracting(WriteResult::status)
        .containsExactly(Status.NOT_APPLIED, Status.ALREADY_EXISTS, Status.NOT_APPLIED);
    assertThat(result.results().get(0).current()).isEqualTo(stored);
    assertThat(ids("red")).containsExactlyInAnyOrder("a", "b");
    assertThat(ids("blue")).isEmpty();
  }

  @Test
  void anItemThatIsExpiredStandsInTheWay() {
    Document expired = thing("c", "blue", 1).with("expires_at", test.clock.instant().toString());

    BatchResult result = things.atomically(batch().save(thing("d", "blue", 1)).save(expired));

    assertThat(result.isApplied()).isFalse();
    assertThat(result.results().get(1).status()).isEqualTo(Status.ALREADY_EXPIRED);
    assertThat(things.exists("d")).isFalse();
  }

  @Test
  void anItemWithoutAnIdIsGivenOne() {
    BatchResult result = things.atomically(batch().save(Document.of(Map.of("kind", "blue"))));

    assertThat(things.load(result.results().get(0).id())).isPresent();
  }

  @Test
  void whatNoStoreWouldAcceptIsRefusedBeforeAnythingIsSent() {
    Document unfit = thing("c", "blue", 1).with("size", List.of(1, 2));

    for (AtomicBatch<Document> bad :
        List.of(
            batch(),
            batch().delete(""),
            batch().save(thing("c", "red", 1)).save(unfit),
            batch().save(thing("c", "red", 1)).delete("c"),
            batch().save(thing("apart-1", "red", 1)).delete("a"))) {
      assertThatThrownBy(() -> things.atomically(bad)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(test.disturbance().calls()).isEmpty();
  }

  @Test
  void anAdapterWithoutBatchesRefusesThem() {
    try (TestPlatform without =
        new TestPlatform(MaintenanceListener.NONE, Backend::withoutBatches)) {
      Storage<Document> plain = without.store(THINGS, StoreOptions.defaults());
      without.disturbance().forgetCalls();

      assertThatThrownBy(() -> plain.atomically(batch().save(thing("a", "red", 1))))
          .isInstanceOfSatisfying(
              StorageException.class,
              e -> {
                assertThat(e.operation()).isEqualTo("atomically");
                assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
                assertThat(e.isTransient()).isFalse();
              });
      assertThat(without.disturbance().calls()).isEmpty();
    }
  }
}
