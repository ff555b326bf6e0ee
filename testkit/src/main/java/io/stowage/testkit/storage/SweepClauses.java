package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.DoctorReport;
import io.stowage.api.DoctorReport.Kind;
import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Maintenance;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Order;

/** The sweeper, which removes the index entries that expired items leave. */
interface SweepClauses extends Clauses {

  /** A grace period that ends while a test waits for it. */
  Duration GRACE = Duration.ofMillis(250);

  /** A short grace period, small batches, and nobody who sweeps but the test. */
  StoreOptions BRIEF =
      StoreOptions.builder().gracePeriod(GRACE).batchSize(10).sweepEvery(Duration.ZERO).build();

  /**
   * The same with a grace period that no test outlasts, so that the machine may stand still between
   * the entries of a write and its commit.
   */
  StoreOptions PATIENT =
      StoreOptions.builder()
          .gracePeriod(Duration.ofHours(1))
          .batchSize(10)
          .sweepEvery(Duration.ZERO)
          .build();

  private ItemType<Document> type() {
    return ItemType.documents(stores().freshName()).index("session", "tags").build();
  }

  /**
   * Saves items of two entries each, ends them, and waits until they have ended. They have no TTL
   * before, so that none can end before it is stored.
   */
  private void saveAndLoseToExpiry(Storage<Document> storage, String prefix, int count) {
    List<String> ids = Docs.numberedIds(count).stream().map(id -> prefix + id).toList();
    storage.saveAll(ids.stream().map(id -> doc("id", id, "session", "s", "tags", id)).toList());
    ids.forEach(id -> storage.touch(id, Duration.ofMillis(1)));
    eventually().until(() -> storage.loadAll(ids).isEmpty());
  }

  /** Waits until the grace period of so many dead entries has passed. */
  private void awaitDead(Maintenance maintenance, long entries) {
    eventually().until(() -> maintenance.check(progress -> {}).count(Kind.DEAD_ENTRY) == entries);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s221_sweepRemovesWhatExpiryLeft() {
    ItemType<Document> type = type();
    Storage<Document> storage = stores().platform().store(type, BRIEF);
    Maintenance maintenance = stores().platform().maintenance(type, BRIEF);
    List<String> live = Docs.numberedIds(15);
    live.forEach(id -> storage.save(doc("id", id, "session", "s", "tags", List.of("x", id))));
    saveAndLoseToExpiry(storage, "expires-", 20);
    // A write that took longer than the grace period began again; its first entries are cleaned up.
    eventually().until(() -> maintenance.check(progress -> {}).entries() == 85);

    awaitDead(maintenance, 40);

    SweepReport swept = maintenance.sweep(SweepOptions.defaults());

    assertThat(swept.isHeld()).isFalse();
    assertThat(swept.isComplete()).isTrue();
    assertThat(swept.entries()).isEqualTo(85);
    assertThat(swept.removed()).isEqualTo(40);
    DoctorReport report = maintenance.check(progress -> {});
    assertThat(report.isClean()).isTrue();
    assertThat(report.records()).isEqualTo(15);
    assertThat(report.entries()).isEqualTo(45);
    assertThat(ids(storage, where("session").is("s").oldestFirst())).isEqualTo(live);
    assertThat(storage.count(where("tags").is("x"))).isEqualTo(15);
    assertThat(storage.estimateCount(where("session").is("s"))).isEqualTo(15);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s222_sweepRemovesNothingYoung() {
    ItemType<Document> type = type();
    Storage<Document> storage = stores().platform().store(type, PATIENT);
    Maintenance maintenance = stores().platform().maintenance(type, PATIENT);
    saveAndLoseToExpiry(storage, "expires-", 3);

    SweepReport report = maintenance.sweep(SweepOptions.defaults());

    assertThat(report.isHeld()).isFalse();
    assertThat(report.isComplete()).isTrue();
    assertThat(report.entries()).isEqualTo(6);
    assertThat(report.removed()).isZero();
    assertThat(maintenance.check(progress -> {}).entries()).isEqualTo(6);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s223_sweepRemovesNothingLive() {
    ItemType<Document> type = type();
    Storage<Document> storage = stores().platform().store(type, BRIEF);
    Maintenance maintenance = stores().platform().maintenance(type, BRIEF);
    long end = System.nanoTime() + GRACE.multipliedBy(2).toNanos();

    Threads.run(
        5,
        thread -> {
          for (int i = 0; i < 10 || System.nanoTime() < end; i++) {
            if (thread == 0) {
              SweepReport report = maintenance.sweep(SweepOptions.defaults());
              assertThat(report.isComplete()).isTrue();
            } else {
              String id = "own-" + thread + "-" + i % 5;
              storage.save(doc("id", id, "session", "s" + i % 3, "tags", List.of("x", id)));
            }
            Threads.pause();
          }
        });

    DoctorReport report = maintenance.check(progress -> {});
    assertThat(report.isHealthy()).as("%s", report).isTrue();
    assertThat(storage.count(where("tags").is("x"))).isEqualTo(20);
    for (int thread = 1; thread < 5; thread++) {
      String id = "own-" + thread + "-0";
      assertThat(ids(storage, where("tags").is(id))).containsExactly(id);
    }
  }

  @Clause
  @Order(Clause.FIRST)
  default void s224_aRunIsBoundedAndTheNextGoesOn() {
    ItemType<Document> type = type();
    Storage<Document> storage = stores().platform().store(type, PATIENT);
    Maintenance maintenance = stores().platform().maintenance(type, PATIENT);
    Docs.numberedIds(25).forEach(id -> storage.save(doc("id", id, "session", "s", "tags", id)));
    SweepOptions little = SweepOptions.defaults().withMaxEntries(20);

    long entries = 0;
    int runs = 0;
    boolean isComplete = false;
    while (!isComplete) {
      SweepReport report = maintenance.sweep(little);
      assertThat(report.isHeld()).isFalse();
      assertThat(report.entries()).isLessThanOrEqualTo(20);
      assertThat(report.removed()).isZero();
      entries += report.entries();
      isComplete = report.isComplete();
      runs++;
      assertThat(runs).as("runs").isLessThanOrEqualTo(10);
    }

    assertThat(entries).isGreaterThanOrEqualTo(50);
    assertThat(runs).isGreaterThanOrEqualTo(3);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s225_oneAtATimeSweepsAStore() {
    ItemType<Document> type = type();
    Storage<Document> storage = stores().platform().store(type, PATIENT);
    Docs.numberedIds(6).forEach(id -> storage.save(doc("id", id, "session", "s", "tags", id)));
    SweepOptions slow = SweepOptions.defaults().withEntriesPerSecond(20);

    AtomicBoolean isSeen = new AtomicBoolean();
    Threads.run(
        2,
        thread -> {
          Maintenance maintenance = stores().platform().maintenance(type, PATIENT);
          long end = System.nanoTime() + patience().toNanos();
          while (!isSeen.get() && System.nanoTime() - end < 0) {
            boolean isHeld =
                maintenance.sweep(thread == 0 ? slow : SweepOptions.defaults()).isHeld();
            if (thread == 1 && isHeld) {
              isSeen.set(true);
            }
            Threads.pause();
          }
        });

    assertThat(isSeen).as("one that swept beside another was told so").isTrue();
    Maintenance maintenance = stores().platform().maintenance(type, PATIENT);
    assertThat(maintenance.sweep(SweepOptions.defaults()).isHeld())
        .as("held once the sweep has ended")
        .isFalse();
  }

  @Clause
  @Order(Clause.FIRST)
  default void s275_whatASweepRemovesDoesNotHoldItUp() {
    ItemType<Document> type = type();
    Storage<Document> storage = stores().platform().store(type, BRIEF);
    Maintenance maintenance = stores().platform().maintenance(type, BRIEF);
    saveAndLoseToExpiry(storage, "expires-", 30);
    awaitDead(maintenance, 60);

    SweepReport report = maintenance.sweep(SweepOptions.defaults().withEntriesPerSecond(1));

    assertThat(report.removed()).isEqualTo(60);
    assertThat(report.elapsed()).isLessThan(Duration.ofSeconds(45));
  }
}
