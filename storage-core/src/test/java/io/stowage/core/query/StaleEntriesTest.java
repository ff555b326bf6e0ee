package io.stowage.core.query;

import static io.stowage.api.Query.where;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Document;
import io.stowage.api.ItemCorruptedException;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.core.support.Call;
import io.stowage.core.support.CapturedLog;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.Commit;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries that match no record, and records that cannot be read or need a scan. */
class StaleEntriesTest {

  private static final Query RED = where("kind").is("red");

  private final TestPlatform test = new TestPlatform();
  private final Storage<Document> things = test.store(THINGS, StoreOptions.defaults());
  private final StorePorts ports = test.backend.undisturbed().store(TestPlatform.STORE);

  @AfterEach
  void close() {
    test.close();
  }

  private static List<String> ids(Stream<Document> documents) {
    return documents.map(document -> document.id().orElseThrow()).toList();
  }

  private void leaveEntry(String id, long micros) {
    ports
        .indexes()
        .add(
            List.of(
                new IndexEntry(
                    IndexTerm.exact("kind", "red"),
                    new EntryRef(id, Version.of(micros, 0), micros))));
  }

  @Test
  void oldEntriesWithoutARecordAreIgnoredAndRepaired() {
    leaveEntry("gone", test.clock.micros());
    things.save(thing("a", "red", 1));
    test.clock.move(Duration.ofMinutes(2));

    assertThat(ids(things.list(RED).stream())).containsExactly("a");

    await().atMost(Duration.ofSeconds(60)).until(() -> test.entries("red").size() == 1);
    assertThat(test.entries("red").get(0).id()).isEqualTo("a");
  }

  @Test
  void youngEntriesWithoutARecordAreIgnoredAndLeftAlone() {
    leaveEntry("coming", test.clock.micros());

    assertThat(things.list(RED)).isEmpty();
    test.platform.close();

    assertThat(test.disturbance().count(Call.REMOVE_ENTRIES)).isZero();
  }

  @Test
  void oldEntriesOfAnEarlierVersionDoNotShowTheItem() {
    leaveEntry("a", test.clock.micros());
    test.clock.move(Duration.ofMillis(1));
    things.save(thing("a", "blue", 1));
    test.clock.move(Duration.ofMinutes(2));

    assertThat(things.estimateCount(RED)).isEqualTo(1);
    assertThat(things.count(RED)).isZero();
    assertThat(things.list(RED)).isEmpty();
    await().atMost(Duration.ofSeconds(60)).until(() -> test.entries("red").isEmpty());
  }

  @Test
  void anOldEntryBesideTheCurrentOneDoesNotShowTheItemTwice() {
    leaveEntry("a", test.clock.micros());
    test.clock.move(Duration.ofMillis(1));
    things.save(thing("a", "red", 1));

    assertThat(things.list(RED)).hasSize(1);
    assertThat(things.list(RED.newestFirst())).hasSize(1);
    assertThat(things.count(RED)).isEqualTo(1);
    assertThat(things.page(RED.limit(1)).next()).isEmpty();
    try (Stream<Document> stream = things.stream(RED)) {
      assertThat(stream).hasSize(1);
    }
  }

  @Test
  void anExpiredItemIsNotFoundAndItsEntriesAreRepaired() {
    Document expiring =
        Document.of(
            Map.of(
                "id",
                "a",
                "kind",
                "red",
                "expires_at",
                test.clock.instant().plusSeconds(1).toString()));
    things.save(expiring);
    assertThat(things.count(RED)).isEqualTo(1);
    test.clock.move(Duration.ofMinutes(2));

    assertThat(things.count(RED)).isZero();
    assertThat(things.list(RED)).isEmpty();
    await().atMost(Duration.ofSeconds(60)).until(() -> test.entries("red").isEmpty());
  }

  @Test
  void aLimitIsFilledUpAlthoughStaleEntriesLieBetween() {
    for (int i = 0; i < 20; i++) {
      test.clock.move(Duration.ofMillis(1));
      leaveEntry("gone" + i, test.clock.micros());
      things.save(thing("i" + i, "red", i));
    }

    assertThat(ids(things.list(RED.oldestFirst().limit(5)).stream()))
        .containsExactly("i0", "i1", "i2", "i3", "i4");
    assertThat(ids(things.page(RED.newestFirst().limit(3)).items().stream()))
        .containsExactly("i19", "i18", "i17");
    assertThat(things.list(RED.limit(20))).hasSize(20);
  }

  @Test
  void anOrderedListThroughAnIndexThatIsNotOrdered() {
    int[] sizes = {5, 1, 4, 2, 3};
    for (int i = 0; i < sizes.length; i++) {
      test.clock.move(Duration.ofMillis(1));
      things.save(thing("i" + i, "red", sizes[i]));
    }
    Query bySize = where("size").atLeast(2);

    assertThat(ids(things.list(bySize.oldestFirst()).stream()))
        .containsExactly("i0", "i2", "i3", "i4");
    assertThat(ids(things.list(bySize.newestFirst().limit(2)).stream()))
        .containsExactly("i4", "i3");
    try (Stream<Document> stream = things.stream(bySize.newestFirst().limit(3))) {
      assertThat(ids(stream)).containsExactly("i4", "i3", "i2");
    }
    Query pages = bySize.oldestFirst().limit(3);
    assertThat(ids(things.page(pages, things.page(pages).next().orElseThrow()).items().stream()))
        .containsExactly("i4");
  }

  @Test
  void takingOneItemOfAStreamReadsOneBatchOnly() {
    Storage<Document> tens = test.store(THINGS, StoreOptions.builder().batchSize(10).build());
    things.saveAll(IntStream.range(0, 1_000).mapToObj(i -> thing("i" + i, "red", i)).toList());
    test.disturbance().forgetCalls();

    try (Stream<Document> stream = tens.stream(RED.newestFirst())) {
      assertThat(test.disturbance().calls()).as("nothing is read yet").isEmpty();
      assertThat(stream.findFirst()).isPresent();
    }

    assertThat(test.disturbance().calls()).containsExactly(Call.READ_ENTRIES, Call.READ);
    assertThat(test.disturbance().sizes(Call.READ)).containsExactly(10);
  }

  @Test
  void aStreamByAnIdGivenTwiceYieldsItOnce() {
    things.save(Document.of(Map.of("id", 5, "kind", "red")));

    try (Stream<Document> stream = things.stream(where("id").in(List.of("5", 5)))) {
      assertThat(stream).hasSize(1);
    }
  }

  @Test
  void countingByAnIndexReadsNoRecords() {
    things.saveAll(IntStream.range(0, 50).mapToObj(i -> thing("i" + i, "red", i)).toList());
    test.disturbance().forgetCalls();

    assertThat(things.count(RED)).isEqualTo(50);
    assertThat(things.count(Query.all())).isEqualTo(50);

    assertThat(test.disturbance().count(Call.READ)).isZero();
  }

  @Test
  void aRecordThatCannotBeDecodedFailsTheQueryAndIsNamed() {
    ports
        .records()
        .commit(
            List.of(
                new Commit(
                    "bad",
                    Version.of(test.clock.micros(), 0),
                    new byte[] {'{'},
                    Expiry.never(),
                    Precondition.none(),
                    Duration.ofMinutes(1))));

    assertThatThrownBy(() -> things.list(Query.all()))
        .isInstanceOfSatisfying(
            ItemCorruptedException.class, e -> assertThat(e.id()).isEqualTo("bad"))
        .hasMessageStartingWith("list on store 'things' (disturbed) failed");
    assertThatThrownBy(() -> things.load("bad")).isInstanceOf(ItemCorruptedException.class);
    assertThat(things.exists("bad")).isTrue();
    assertThat(things.delete("bad")).isTrue();
  }

  @Test
  void aScanThatIsForbiddenIsRefusedAndTellsTheIndexes() {
    Storage<Document> strict =
        test.store(THINGS, StoreOptions.builder().scanPolicy(ScanPolicy.FORBID).build());

    assertThatThrownBy(() -> strict.list(where("other").is(1)))
        .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.isTransient()).isFalse())
        .hasMessageContaining("scan is forbidden")
        .hasMessageContaining("{other $eq 1}")
        .hasMessageContaining("exact index 'kind'");
    assertThat(strict.list(RED)).isEmpty();
  }

  @Test
  void aScanIsWarnedAboutIfTheStoreAsksForIt() {
    Storage<Document> careful =
        test.store(THINGS, StoreOptions.builder().scanPolicy(ScanPolicy.WARN).build());
    things.save(thing("a", "red", 1).with("other", 1));

    try (CapturedLog log = new CapturedLog()) {
      assertThat(careful.list(where("other").is(1))).hasSize(1);
      assertThat(log.text()).contains("WARN").contains("store 'things'");
    }
    try (CapturedLog log = new CapturedLog()) {
      assertThat(careful.list(RED)).hasSize(1);
      assertThat(things.list(where("other").is(1))).hasSize(1);
      assertThat(log.text()).isEmpty();
    }
  }
}
