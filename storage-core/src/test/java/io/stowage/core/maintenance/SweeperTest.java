package io.stowage.core.maintenance;

import static io.stowage.core.support.TestPlatform.STORE;
import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.Maintenance;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import io.stowage.api.Ttl;
import io.stowage.api.Version;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.LeasePort;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
@Tag("slow")
class SweeperTest {

  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final SweepOptions FAST =
      SweepOptions.defaults().withEntriesPerSecond(100_000_000);
  private static final StoreOptions MORTAL =
      StoreOptions.builder()
          .ttl(Ttl.absolute(Duration.ofSeconds(1)))
          .gracePeriod(GRACE)
          .sweepEvery(Duration.ZERO)
          .build();

  private final TestPlatform test = new TestPlatform();
  private final StorePorts ports = test.backend.undisturbed().store(STORE);
  private final Maintenance maintenance = test.platform.maintenance(THINGS, MORTAL);

  @AfterEach
  void close() {
    test.close();
  }

  private Storage<Document> saved(int items) {
    Storage<Document> things = test.store(THINGS, MORTAL);
    things.saveAll(
        IntStream.range(0, items).mapToObj(i -> thing("i" + i, "k" + i % 9, i)).toList());
    return things;
  }

  private List<IndexTerm> terms() {
    return ports.indexes().terms(ScanPage.START, 100_000).terms();
  }

  private void plant(IndexTerm term, String id, Version version) {
    ports.indexes().add(List.of(new IndexEntry(term, new EntryRef(id, version, 1))));
  }

  private Version aged(Duration age) {
    return Version.of(test.clock.micros() - age.toNanos() / 1_000, 1);
  }

  @Test
  void ofManyExpiredItemsNothingIsLeft() {
    saved(20_000);
    test.clock.move(GRACE.plusSeconds(2));

    SweepReport report = maintenance.sweep(FAST);

    assertThat(report.isHeld()).isFalse();
    assertThat(report.isComplete()).isTrue();
    assertThat(report.terms()).isEqualTo(10);
    assertThat(report.entries()).isEqualTo(40_000);
    assertThat(report.removed()).isEqualTo(40_000);
    assertThat(terms()).isEmpty();
    assertThat(ports.records().scan(ScanPage.START, 100_000).ids()).isEmpty();
  }

  @Test
  void whatIsYoungerThanTheGracePeriodStays() {
    saved(10);
    test.clock.move(GRACE.minusMillis(1));

    assertThat(maintenance.sweep(FAST).removed()).isZero();
    assertThat(terms()).hasSize(10);
  }

  @Test
  void entriesOfLiveItemsStay() {
    Storage<Document> things = test.store(THINGS, StoreOptions.defaults());
    things.save(thing("a", "red", 1));
    test.clock.move(Duration.ofDays(1));
    things.save(thing("b", "red", 2));
    plant(IndexTerm.exact("kind", "red"), "a", aged(GRACE.multipliedBy(2)));

    assertThat(maintenance.sweep(FAST).removed()).isEqualTo(1);
    assertThat(things.list(Query.where("kind").is("red"))).hasSize(2);
  }

  @Test
  void entriesOfUnknownIndexesGoOnceTheyAreOldWhateverTheirRecord() {
    Storage<Document> things = test.store(THINGS, StoreOptions.defaults());
    Version version = things.save(thing("a", "red", 1)).version().orElseThrow();
    IndexTerm unknown = IndexTerm.exact("unknown", "x");
    IndexTerm otherKind = IndexTerm.range("kind");
    plant(unknown, "a", version);
    plant(otherKind, "a", version);

    assertThat(maintenance.sweep(FAST).removed()).as("young").isZero();
    test.clock.move(GRACE.plusMillis(1));
    assertThat(maintenance.sweep(FAST).removed()).isEqualTo(2);
    assertThat(terms()).doesNotContain(unknown, otherKind).hasSize(2);
  }

  @Test
  void aRunIsBoundedAndTheNextOneGoesOn() {
    saved(1_000);
    test.clock.move(GRACE.plusSeconds(2));
    SweepOptions some = FAST.withMaxEntries(700);

    SweepReport first = maintenance.sweep(some);
    SweepReport second = maintenance.sweep(some);
    SweepReport third = maintenance.sweep(some);

    assertThat(List.of(first.entries(), second.entries(), third.entries()))
        .containsExactly(700L, 700L, 600L);
    assertThat(List.of(first.removed(), second.removed(), third.removed()))
        .containsExactly(700L, 700L, 600L);
    assertThat(first.isComplete()).isFalse();
    assertThat(third.isComplete()).isTrue();
    assertThat(first.terms() + second.terms() + third.terms()).isEqualTo(10);
    assertThat(terms()).isEmpty();
    assertThat(maintenance.sweep(some).isComplete()).as("it begins anew").isTrue();
  }

  @Test
  void aChunkCostsARoundTripForEntriesOneForVersionsAndOneForTheRemoval() {
    saved(5_000);
    test.clock.move(GRACE.plusSeconds(2));
    maintenance.sweep(FAST.withMaxEntries(1));
    test.disturbance().forgetCalls();

    SweepReport report = maintenance.sweep(FAST);

    long chunks = test.disturbance().count(Call.READ_ENTRIES);
    assertThat(chunks).isLessThan(report.entries() / 500 + 12);
    assertThat(test.disturbance().count(Call.VERSIONS)).isEqualTo(chunks);
    assertThat(test.disturbance().count(Call.REMOVE_ENTRIES)).isEqualTo(chunks);
    assertThat(test.disturbance().count(Call.SERVER_TIME)).isLessThan(chunks);
    assertThat(test.disturbance().calls()).endsWith(Call.RELEASE);
  }

  @Test
  void theTimeIsTakenBeforeTheVersions() {
    saved(10);
    test.clock.move(GRACE.plusSeconds(2));
    test.disturbance().forgetCalls();

    maintenance.sweep(FAST);

    List<Call> calls = test.disturbance().calls();
    assertThat(calls.indexOf(Call.SERVER_TIME)).isLessThan(calls.indexOf(Call.VERSIONS));
  }

  @Test
  void itIsNotFasterThanAllowed() {
    saved(100);
    Maintenance small =
        test.platform.maintenance(THINGS, StoreOptions.builder().batchSize(20).build());

    SweepReport report = small.sweep(SweepOptions.defaults().withEntriesPerSecond(400));

    assertThat(report.entries()).isEqualTo(200);
    assertThat(report.elapsed()).as("180 before the last").isGreaterThan(Duration.ofMillis(449));
  }

  @Test
  void whatItRemovesDoesNotHoldItUp() {
    saved(1_000);
    test.clock.move(GRACE.plusSeconds(2));

    SweepReport report = maintenance.sweep(SweepOptions.defaults().withEntriesPerSecond(1));

    assertThat(report.removed()).isEqualTo(2_000);
  }

  private Sweeper sweeper() {
    LiveDefinition live =
        LiveDefinition.observed(
            ports.records(), THINGS.definition("json"), () -> {}, test.clock, GRACE);
    return new Sweeper(ports, live, MORTAL, () -> false);
  }

  @Test
  void theOldestAreSweptWithoutALookAtAllThatStays() {
    saved(1_000);
    test.clock.move(GRACE.plusSeconds(2));
    Storage<Document> things = test.store(THINGS, StoreOptions.defaults());
    things.saveAll(
        IntStream.range(0, 20_000)
            .mapToObj(i -> thing("later" + i, "k" + i % 9, 10_000 + i))
            .toList());

    SweepReport report = sweeper().sweepOldest(FAST);

    assertThat(report.isComplete()).isTrue();
    assertThat(report.removed()).isEqualTo(2_000);
    assertThat(report.entries()).isLessThan(10_000);
    assertThat(maintenance.sweep(FAST).removed()).isZero();
  }

  @Test
  void theOldestAreSweptFromTheBeginningEachTime() {
    saved(1_000);
    test.clock.move(GRACE.plusSeconds(2));
    Sweeper sweeper = sweeper();

    long removed = 0;
    for (int run = 0; run < 3; run++) {
      removed += sweeper.sweepOldest(FAST.withMaxEntries(700)).removed();
    }

    assertThat(removed).isEqualTo(2_000);
    assertThat(sweeper.sweep(FAST).entries()).isZero();
  }

  @Test
  void whileAnotherHasTheLeaseNothingIsDone() {
    saved(10);
    test.clock.move(GRACE.plusSeconds(2));
    LeasePort leases = ports.leases();
    assertThat(leases.acquire("sweep", "crashed", Duration.ofSeconds(30))).isTrue();

    SweepReport report = maintenance.sweep(FAST);
    assertThat(report.isHeld()).isTrue();
    assertThat(report.isComplete()).isFalse();
    assertThat(report.removed()).isZero();

    test.clock.move(Duration.ofSeconds(31));
    assertThat(maintenance.sweep(FAST).removed()).as("the holder has crashed").isEqualTo(20);
  }

  @Test
  void theLeaseIsGivenBackAlsoAfterAFailure() {
    saved(10);
    test.disturbance()
        .before(
            Call.TERMS,
            () -> {
              throw AdapterException.unavailable("down", null);
            });

    assertThatThrownBy(() -> maintenance.sweep(FAST))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("sweep on store 'things'")
        .hasMessageContaining("down");
    assertThat(ports.leases().acquire("sweep", "another", Duration.ofSeconds(1))).isTrue();
  }

  @Test
  void theLeaseIsExtendedWhileTheRunGoesOn() {
    saved(60);
    Duration lease = Duration.ofMillis(100);
    Maintenance small =
        test.platform.maintenance(THINGS, StoreOptions.builder().batchSize(20).build());
    test.disturbance()
        .beforeEvery(
            Call.READ_ENTRIES,
            () -> {
              long later = System.nanoTime() + lease.toNanos() / 2;
              Awaitility.await()
                  .atMost(Duration.ofMinutes(1))
                  .pollDelay(Duration.ZERO)
                  .pollInterval(Duration.ofMillis(5))
                  .until(() -> System.nanoTime() - later > 0);
            });

    test.disturbance().forgetCalls();
    SweepReport report = small.sweep(FAST.withLease(lease));

    assertThat(report.entries()).isEqualTo(120);
    assertThat(test.disturbance().count(Call.ACQUIRE))
        .as("once at first, and once for each chunk, which took half the lease")
        .isGreaterThanOrEqualTo(6);
  }

  @Test
  void aLostLeaseEndsTheRun() {
    saved(600);
    SweepOptions slow = FAST.withEntriesPerSecond(1_000).withLease(Duration.ofMillis(100));
    test.disturbance()
        .before(
            Call.ACQUIRE,
            () -> {},
            () -> {
              test.clock.move(Duration.ofSeconds(1));
              assertThat(ports.leases().acquire("sweep", "another", Duration.ofHours(1))).isTrue();
            });

    SweepReport report = maintenance.sweep(slow);

    assertThat(report.isHeld()).isFalse();
    assertThat(report.isComplete()).isFalse();
    assertThat(report.entries()).isLessThan(1_200);
    assertThat(maintenance.sweep(slow).isHeld()).isTrue();
  }

  @Test
  void twoRunsOfOneSweeperDoNotMix() throws Exception {
    saved(10);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    test.disturbance()
        .before(
            Call.TERMS,
            () -> {
              inside.countDown();
              await(goOn);
            });
    Thread first = new Thread(() -> maintenance.sweep(FAST));
    first.start();
    await(inside);

    assertThat(maintenance.sweep(FAST).isHeld()).isTrue();
    goOn.countDown();
    first.join();
    assertThat(maintenance.sweep(FAST).isHeld()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anInterruptAndACloseEndASlowRun() throws Exception {
    saved(100);
    SweepOptions slow = FAST.withEntriesPerSecond(1);
    AtomicReference<Throwable> interrupted = new AtomicReference<>();
    Thread run = sweeping(slow, interrupted);
    run.interrupt();
    run.join();
    assertThat(interrupted.get())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("interrupted");

    AtomicReference<Throwable> closed = new AtomicReference<>();
    Thread another = sweeping(slow, closed);
    test.platform.close();
    another.join();
    assertThat(closed.get())
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("the platform was closed");
  }

  private Thread sweeping(SweepOptions options, AtomicReference<Throwable> failure) {
    CountDownLatch begun = new CountDownLatch(1);
    test.disturbance().before(Call.READ_ENTRIES, begun::countDown);
    Thread thread =
        new Thread(
            () -> {
              try {
                maintenance.sweep(options);
              } catch (RuntimeException e) {
                failure.set(e);
              }
            });
    thread.start();
    await(begun);
    return thread;
  }

  @Test
  void anIndexThatIsAddedAtTheMomentOfTheRemovalGetsItsEntriesBack() {
    Storage<Document> things = test.store(THINGS, StoreOptions.defaults());
    Version version = things.save(thing("a", "red", 1)).version().orElseThrow();
    IndexTerm added = IndexTerm.exact("name", "x");
    plant(added, "a", version);
    test.clock.move(GRACE.plusMillis(1));
    test.disturbance()
        .before(
            Call.REMOVE_ENTRIES,
            () -> {
              String before = ports.records().definition().orElseThrow();
              assertThat(ports.records().redefine(before, before + "building exact name\n"))
                  .isTrue();
              test.clock.move(GRACE);
            });

    assertThat(maintenance.sweep(FAST).removed()).isZero();
    assertThat(terms()).contains(added);
  }
}
