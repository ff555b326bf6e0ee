package io.stowage.core.maintenance;

import static io.stowage.core.support.TestPlatform.STORE;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Finding;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Progress;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreDefinitionException;
import io.stowage.api.StoreOptions;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import io.stowage.spi.StorePorts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class DoctorTest {

  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final IndexTerm RED = IndexTerm.exact("kind", "red");
  private static final IndexTerm SIZE = IndexTerm.range("size");

  private final TestPlatform test = new TestPlatform();
  private final StorePorts ports = test.backend.undisturbed().store(STORE);
  private final Storage<Document> things = test.store(THINGS, StoreOptions.defaults());
  private final Maintenance maintenance =
      test.platform.maintenance(THINGS, StoreOptions.defaults());

  @AfterEach
  void close() {
    test.close();
  }

  private Version save(String id, int size) {
    return things.save(thing(id, "red", size)).version().orElseThrow();
  }

  private static IndexEntry entry(IndexTerm term, String id, Version version, double score) {
    return new IndexEntry(term, new EntryRef(id, version, score));
  }

  private DoctorReport check() {
    return maintenance.check(progress -> {});
  }

  @Test
  void aStoreInOrderIsClean() {
    IntStream.range(0, 1_234).forEach(i -> save("i" + i, i));
    List<Progress> progress = new ArrayList<>();

    DoctorReport report = maintenance.check(progress::add);

    assertThat(report.isClean()).isTrue();
    assertThat(report.records()).isEqualTo(1_234);
    assertThat(report.entries()).isEqualTo(2_468);
    assertThat(report.repaired()).isZero();
    assertThat(progress).contains(new Progress("records", 1_234), new Progress("entries", 2_468));
  }

  @Test
  void aMissingEntryIsFoundAndAdded() {
    Version version = save("a", 1);
    ports.indexes().remove(List.of(entry(RED, "a", version, 0)));
    assertThat(things.list(Query.where("kind").is("red"))).as("the defect").isEmpty();

    DoctorReport found = check();
    assertThat(found.counts()).containsOnly(Map.entry(Kind.MISSING_ENTRY, 1L));
    assertThat(found.examples())
        .containsExactly(
            new Finding(Kind.MISSING_ENTRY, "a", "has no entry in exact index 'kind' under 'red'"));
    assertThat(found.isHealthy()).isFalse();
    assertThat(check().counts()).as("a check mends nothing").isEqualTo(found.counts());

    DoctorReport repaired = maintenance.repair(progress -> {});
    assertThat(repaired.counts()).isEqualTo(found.counts());
    assertThat(repaired.repaired()).isEqualTo(1);
    assertThat(check().isClean()).isTrue();
    assertThat(things.list(Query.where("kind").is("red"))).hasSize(1);
  }

  @Test
  void aWrongScoreIsFoundAndSet() {
    Version version = save("a", 7);
    ports.indexes().add(List.of(entry(SIZE, "a", version, 70)));

    assertThat(check().counts()).containsOnly(Map.entry(Kind.WRONG_SCORE, 1L));
    assertThat(maintenance.repair(progress -> {}).repaired()).isEqualTo(1);
    assertThat(check().isClean()).isTrue();
    assertThat(things.list(Query.where("size").is(7))).hasSize(1);
  }

  @Test
  void aDeadEntryIsHarmlessAndRemovedOnceItIsOld() {
    Version version = save("a", 1);
    ports.indexes().add(List.of(entry(RED, "gone", version, 1)));
    assertThat(check().isClean()).as("young").isTrue();
    test.clock.move(GRACE.plusMillis(1));

    DoctorReport found = check();
    assertThat(found.counts()).containsOnly(Map.entry(Kind.DEAD_ENTRY, 1L));
    assertThat(found.examples().get(0).id()).isEqualTo("gone");
    assertThat(found.isHealthy()).isTrue();
    assertThat(maintenance.repair(progress -> {}).repaired()).isEqualTo(1);
    assertThat(check().isClean()).isTrue();
  }

  @Test
  void anEntryOfAnUnknownIndexIsRemovedThoughItsRecordIsThere() {
    Version version = save("a", 1);
    ports.indexes().add(List.of(entry(IndexTerm.exact("none", "x"), "a", version, 1)));
    test.clock.move(GRACE.plusMillis(1));

    assertThat(check().counts()).containsOnly(Map.entry(Kind.UNKNOWN_INDEX, 1L));
    assertThat(maintenance.repair(progress -> {}).repaired()).isEqualTo(1);
    assertThat(check().isClean()).isTrue();
  }

  @Test
  void aRecordWithoutTheTtlOfThePolicyGetsIt() {
    save("a", 1);
    things.save(
        Document.of(
            Map.of(
                "id",
                "own",
                "kind",
                "red",
                "expires_at",
                test.clock.instant().getEpochSecond() + 9)));
    Ttl ttl = Ttl.absolute(Duration.ofHours(1));
    Maintenance mortal = test.platform.maintenance(THINGS, StoreOptions.builder().ttl(ttl).build());

    assertThat(check().isClean()).as("no policy").isTrue();
    assertThat(mortal.check(progress -> {}).counts()).containsOnly(Map.entry(Kind.NO_TTL, 1L));
    assertThat(mortal.repair(progress -> {}).repaired()).isEqualTo(1);
    assertThat(mortal.check(progress -> {}).isClean()).isTrue();
    assertThat(things.ttl("a").remaining()).contains(Duration.ofHours(1));
    assertThat(things.ttl("own").remaining()).contains(Duration.ofSeconds(9));
  }

  @Test
  void anUndecodableRecordIsCountedAndNeverChanged() {
    byte[] broken = "{no json".getBytes(StandardCharsets.UTF_8);
    ports
        .records()
        .commit(
            List.of(
                new Commit(
                    "broken",
                    Version.of(test.clock.micros(), 0),
                    broken,
                    Expiry.never(),
                    Precondition.none(),
                    GRACE)));
    save("a", 1);

    DoctorReport report = maintenance.repair(progress -> {});

    assertThat(report.counts()).containsOnly(Map.entry(Kind.UNDECODABLE, 1L));
    assertThat(report.records()).isEqualTo(2);
    assertThat(report.repaired()).isZero();
    assertThat(ports.records().read(List.of("broken")).get(0).payload()).isEqualTo(broken);
  }

  private record Thing(String id) {}

  /** Decoding may need a dictionary, a name or a secret that the server has. */
  @Test
  void aServerThatDoesNotAnswerIsNoFinding() {
    save("a", 1);
    ItemType<Thing> type =
        ItemType.of(STORE, Thing.class)
            .id(Thing::id)
            .index(
                "kind",
                thing -> {
                  throw AdapterException.unanswered("no answer", null);
                })
            .build();

    assertThatThrownBy(
            () -> test.platform.maintenance(type, StoreOptions.defaults()).check(progress -> {}))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("no answer");
  }

  @Test
  void allAreCountedAndTenOfEachKindAreTold() {
    IntStream.range(0, 25)
        .forEach(
            i ->
                ports
                    .indexes()
                    .remove(
                        List.of(
                            entry(RED, "i" + i, save("i" + i, i), 0),
                            entry(IndexTerm.exact("none", "x"), "x", new Version(i), 0))));
    ports
        .indexes()
        .add(
            IntStream.range(0, 30)
                .mapToObj(i -> entry(RED, "gone", Version.of(i + 1, 0), i))
                .toList());

    DoctorReport report = check();

    assertThat(report.counts())
        .containsOnly(Map.entry(Kind.MISSING_ENTRY, 25L), Map.entry(Kind.DEAD_ENTRY, 30L));
    assertThat(report.examples()).hasSize(20);
  }

  @Test
  void aRecordThatIsReplacedWhileItIsLookedAtIsNoFinding() {
    Version version = save("a", 1);
    test.disturbance()
        .before(
            Call.SCORES,
            () -> {
              test.elsewhere(THINGS).save(thing("a", "blue", 2));
              ports
                  .indexes()
                  .remove(List.of(entry(RED, "a", version, 0), entry(SIZE, "a", version, 0)));
            });

    assertThat(check().isClean()).isTrue();
    assertThat(test.disturbance().count(Call.VERSIONS)).as("it was looked at again").isPositive();
  }

  @Test
  void anIndexThatIsDroppedWhileItIsLookedAtIsNoFinding() {
    Version version = save("a", 1);
    test.disturbance()
        .before(
            Call.SCORES,
            () -> {
              String before = ports.records().definition().orElseThrow();
              ports.records().redefine(before, before.replace("exact kind", "purging exact kind"));
              ports.indexes().remove(List.of(entry(RED, "a", version, 0)));
              test.clock.move(GRACE);
            });

    assertThat(check().isClean()).isTrue();
  }

  @Test
  void anIndexThatIsBeingBuiltMayLackEntries() {
    save("a", 1);
    String before = ports.records().definition().orElseThrow();
    ports.records().redefine(before, before + "building exact name\n");
    test.clock.move(GRACE);

    assertThat(check().isClean()).isTrue();
  }

  @Test
  void aTypeOfAnotherOrderIsRefusedAndNothingIsMended() {
    save("a", 1);
    Maintenance other =
        test.platform.maintenance(
            ItemType.documents(STORE).index("kind").range("size").orderedBy("size").build(),
            StoreOptions.defaults());

    assertThatThrownBy(() -> other.repair(progress -> {}))
        .isInstanceOfSatisfying(
            StoreDefinitionException.class, e -> assertThat(e.differences()).hasSize(1));
    assertThat(check().isClean()).isTrue();
  }

  @Test
  void theStoredIndexesCountNotThoseOfTheType() {
    save("a", 1);
    Maintenance other =
        test.platform.maintenance(
            ItemType.documents(STORE).index("unheard-of").build(), StoreOptions.defaults());
    ports.indexes().remove(List.of(entry(SIZE, "a", Version.of(1, 1), 0)));

    assertThat(other.check(progress -> {}).isClean()).isTrue();
  }

  @Test
  void aStoreThatIsNotThereIsCleanAndStaysAway() {
    Maintenance absent =
        test.platform.maintenance(
            ItemType.documents("absent").index("kind").build(), StoreOptions.defaults());

    assertThat(absent.repair(progress -> {}).isClean()).isTrue();
    assertThat(test.platform.definition("absent")).isEmpty();
  }

  @Test
  void whileOthersWriteNothingButDeadEntriesIsFound() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Thread> writers =
        IntStream.range(0, 3).mapToObj(i -> new Thread(() -> write(i, stop))).toList();
    writers.forEach(Thread::start);
    List<DoctorReport> reports = new ArrayList<>();
    while (reports.stream().filter(report -> report.records() > 0).count() < 60) {
      reports.add(check());
    }
    stop.set(true);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(reports).allMatch(DoctorReport::isHealthy);
  }

  private void write(int seed, AtomicBoolean stop) {
    Random random = new Random(seed);
    while (!stop.get()) {
      String id = "i" + random.nextInt(40);
      if (random.nextInt(4) == 0) {
        things.delete(id);
      } else {
        things.save(thing(id, "k" + random.nextInt(3), random.nextInt(9)));
      }
    }
  }
}
