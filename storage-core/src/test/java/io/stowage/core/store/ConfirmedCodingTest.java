package io.stowage.core.store;

import static io.stowage.core.support.TestPlatform.STORE;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.AtomicBatch;
import io.stowage.api.Compression;
import io.stowage.api.DictionaryOptions;
import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Outcome;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.Disturbance;
import io.stowage.core.support.TestKeys;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What decoding needs beside the items is confirmed by replicas before the items are. */
class ConfirmedCodingTest {

  private static final ItemType<Document> BLIND = ItemType.documents(STORE).blindIndex("m").build();

  private final TestKeys keys = new TestKeys();
  private final StoreOptions plain =
      StoreOptions.builder()
          .encryption(keys)
          .compression(Compression.zstd().withThreshold(0))
          .gracePeriod(Duration.ofSeconds(2))
          .sweepEvery(Duration.ZERO)
          .build();
  private final StoreOptions confirmed =
      plain.toBuilder().durability(Durability.replicas(1, Duration.ofSeconds(1))).build();
  private final TestPlatform test =
      new TestPlatform(MaintenanceListener.NONE, Backend::withReplica);
  private final Disturbance confirming = test.backend.confirming();

  @AfterEach
  void close() {
    test.close();
  }

  private static Document mail(String id) {
    return Document.of(Map.of("id", id, "m", "a@example.org"));
  }

  private static void beUnconfirmed() {
    throw AdapterException.unconfirmed("0 of 1 replicas confirmed");
  }

  @Test
  void whatNeedsNothingElseCostsNothingMore() {
    test.store(THINGS, confirmed).save(thing("a", "red", 1));

    assertThat(confirming.calls()).containsExactly(Call.ADD_ENTRIES, Call.COMMIT);
  }

  @Test
  void theSecretOfBlindIndexesIsConfirmedOnceAndBeforeTheRecord() {
    Storage<Document> storage = test.store(BLIND, confirmed);

    storage.save(mail("a"));

    assertThat(confirming.calls())
        .containsExactly(Call.ADD_BLOB, Call.REDEFINE, Call.ADD_ENTRIES, Call.COMMIT);
    confirming.forgetCalls();
    storage.save(mail("b"));
    assertThat(confirming.calls()).containsExactly(Call.ADD_ENTRIES, Call.COMMIT);
  }

  @Test
  void whatSomebodyElseStoredWithoutWaitingIsConfirmedToo() {
    test.store(BLIND, plain).save(mail("a"));
    confirming.forgetCalls();

    test.store(BLIND, confirmed).save(mail("b"));

    assertThat(confirming.calls()).startsWith(Call.ADD_BLOB, Call.REDEFINE);
  }

  @Test
  void aDictionaryIsConfirmedBeforeTheFirstRecordThatNeedsIt() {
    Storage<Document> storage = test.store(THINGS, confirmed);
    storage.saveAll(IntStream.range(0, 500).mapToObj(i -> thing("i" + i, "kind", i)).toList());
    test.platform
        .maintenance(THINGS, plain)
        .trainDictionary(new DictionaryOptions(1_024, 500), progress -> {});
    test.clock.move(Duration.ofMinutes(1));
    confirming.forgetCalls();

    storage.save(thing("a", "kind", 7));
    storage.save(thing("b", "kind", 8));

    assertThat(confirming.calls())
        .containsExactly(
            Call.ADD_BLOB,
            Call.REDEFINE,
            Call.ADD_ENTRIES,
            Call.COMMIT,
            Call.ADD_ENTRIES,
            Call.COMMIT);
  }

  @Test
  void anItemIsNotWrittenAsLongAsWhatItNeedsIsNotConfirmed() {
    Storage<Document> storage = test.store(BLIND, confirmed);
    confirming.after(
        Call.ADD_BLOB, ConfirmedCodingTest::beUnconfirmed, ConfirmedCodingTest::beUnconfirmed);

    StorageException failure =
        catchThrowableOfType(StorageException.class, () -> storage.save(mail("a")));

    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure).hasMessageContaining("decoding needs").hasMessageContaining("replicas");
    assertThat(confirming.count(Call.COMMIT)).isZero();
    assertThat(storage.exists("a")).isFalse();
    assertThat(storage.save(mail("a")).isStored()).isTrue();
  }

  @Test
  void anAtomicBatchWaitsToo() {
    Storage<Document> storage = test.store(BLIND, confirmed);

    storage.atomically(AtomicBatch.<Document>empty().save(mail("a")));

    assertThat(confirming.calls())
        .containsExactly(Call.ADD_BLOB, Call.REDEFINE, Call.ADD_ENTRIES, Call.APPLY);
  }

  @Test
  void rotationTrainingAndBackfillAreConfirmed() {
    Storage<Document> storage = test.store(THINGS, plain);
    storage.saveAll(IntStream.range(0, 500).mapToObj(i -> thing("i" + i, "kind", i)).toList());
    keys.rotate();
    StoreOptions brief = confirmed.toBuilder().gracePeriod(Duration.ofMillis(100)).build();
    Maintenance maintenance = test.platform.maintenance(THINGS, brief);
    test.disturbance().forgetCalls();

    maintenance.rotateKeys(progress -> {});
    maintenance.trainDictionary(new DictionaryOptions(1_024, 500), progress -> {});
    test.platform
        .maintenance(
            ItemType.documents(STORE).index("kind", "tags", "id").range("size").build(), brief)
        .reindex(
            step -> {
              if (step.phase().equals("waiting")) {
                test.clock.move(Duration.ofSeconds(5));
              }
            });

    assertThat(confirming.calls())
        .contains(Call.REPACK, Call.ADD_BLOB, Call.REDEFINE, Call.ADD_ENTRIES);
    assertThat(test.disturbance().calls())
        .doesNotContain(Call.REPACK, Call.ADD_BLOB, Call.REDEFINE, Call.ADD_ENTRIES);
  }
}
