package io.stowage.testkit.port;

import static io.stowage.spi.CommitResult.Status.APPLIED;
import static io.stowage.spi.CommitResult.Status.EXPIRED;
import static io.stowage.spi.CommitResult.Status.NOT_NEWER;
import static io.stowage.spi.CommitResult.Status.PRECONDITION_FAILED;
import static io.stowage.spi.CommitResult.Status.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stowage.api.Version;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.Removal;
import io.stowage.spi.StoredRecord;
import io.stowage.testkit.contract.Clause;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * Writing several items all or not at all: a capability that an adapter declares or not. Ids share
 * a tag, so that a backend that spreads items over nodes holds them together.
 */
interface AtomicClauses extends Clauses {

  @Clause
  default void p801_theCapabilityIsDeclaredOnceForAll() {
    Bench bench = bench();
    boolean declared = bench.ports().atomic().isPresent();

    bench.save("a");
    assertThat(bench.ports().atomic().isPresent()).isEqualTo(declared);
    assertThat(bench().ports().atomic().isPresent())
        .as("atomic batches of another store")
        .isEqualTo(declared);
  }

  @Clause
  default void p802_appliesAllWithTheirResults() {
    Bench bench = bench();
    AtomicPort port = port(bench);
    Draft replaced = bench.draft("{t}replaced").holding("before");
    Draft removed = bench.draft("{t}removed").holding("gone");
    replaced.apply();
    removed.apply();
    Draft fresh = bench.draft("{t}fresh").ifAbsent();
    Draft replacing = bench.draft("{t}replaced").holding("after").ifAt(replaced.version());

    long before = bench.records().serverMicros();
    AtomicResult result =
        port.apply(
            List.of(
                fresh.commit(),
                replacing.commit(),
                new Removal("{t}removed", removed.version()),
                new Removal("{t}never", null)));

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results()).extracting(CommitResult::status).containsOnly(APPLIED).hasSize(4);
    assertThat(result.results().get(0).stored()).isNull();
    assertThat(result.results().get(1).stored()).isEqualTo(replaced.version());
    assertThat(result.results().get(1).payload()).isEqualTo(Bench.bytes("before"));
    assertThat(result.results().get(2).stored()).isEqualTo(removed.version());
    assertThat(result.results().get(2).payload()).isEqualTo(Bench.bytes("gone"));
    assertThat(result.results().get(3).stored()).isNull();
    long after = bench.records().serverMicros();
    assertThat(result.results())
        .allSatisfy(
            each ->
                assertThat(each.serverMicros())
                    .as("clock, which may be another node's")
                    .isBetween(before - 1_000_000, after + 1_000_000));
    bench.assertStored("{t}fresh", fresh.version(), fresh.payload());
    bench.assertStored("{t}replaced", replacing.version(), Bench.bytes("after"));
    bench.assertAbsent("{t}removed");
  }

  @Clause
  default void p803_aFailedPreconditionRefusesAll() {
    Bench bench = bench();
    Version stored = bench.save("{t}stored");

    assertRefused(bench, bench.draft("{t}stored").ifAbsent().commit(), PRECONDITION_FAILED, stored);
    assertRefused(
        bench, bench.draft("{t}stored").ifAt(bench.next()).commit(), PRECONDITION_FAILED, stored);
    assertRefused(
        bench, bench.draft("{t}none").ifAt(bench.next()).commit(), PRECONDITION_FAILED, null);
  }

  @Clause
  default void p804_aRemovalAtAnotherVersionRefusesAll() {
    Bench bench = bench();
    Version stored = bench.save("{t}stored");

    assertRefused(bench, new Removal("{t}stored", bench.next()), PRECONDITION_FAILED, stored);
    assertRefused(bench, new Removal("{t}none", bench.next()), PRECONDITION_FAILED, null);
  }

  @Clause
  default void p805_aPastExpiryRefusesAll() {
    Bench bench = bench();
    Version stored = bench.save("{t}stored");

    assertRefused(
        bench,
        bench.draft("{t}stored").expiring(Expiry.at(Instant.EPOCH)).commit(),
        EXPIRED,
        stored);
  }

  @Clause
  default void p806_aVersionThatIsTooOldOrNotNewerRefusesAll() {
    Bench bench = bench();
    Version stored = bench.save("{t}stored");

    assertRefused(
        bench,
        bench.draft("{t}stored").at(bench.old(Bench.GRACE.multipliedBy(2))).commit(),
        TOO_OLD,
        stored);
    assertRefused(bench, bench.draft("{t}stored").at(stored).commit(), NOT_NEWER, stored);
  }

  /** Sends the write between two that nothing stands against, and checks that nothing changed. */
  private static void assertRefused(
      Bench bench, AtomicWrite refused, CommitResult.Status status, @Nullable Version current) {
    Draft kept = bench.draft("{t}kept").holding("kept").expiringAfterMillis(600_000);
    kept.apply();
    Draft fresh = bench.draft("{t}fresh");
    List<AtomicWrite> writes =
        List.of(fresh.commit(), refused, new Removal("{t}kept", kept.version()));

    AtomicResult result = port(bench).apply(writes);

    assertThat(result.isApplied()).as("applied").isFalse();
    assertThat(result.results())
        .extracting(CommitResult::status)
        .containsExactly(APPLIED, status, APPLIED);
    assertThat(result.results().get(1).stored()).as("version in the way").isEqualTo(current);
    assertThat(result.results()).extracting(CommitResult::payload).containsOnlyNulls();
    bench.assertAbsent("{t}fresh");
    bench.assertStored("{t}kept", kept.version(), kept.payload());
    assertThat(bench.ttl("{t}kept").isUnlimited()).as("TTL gone").isFalse();
    assertThat(bench.version(refused.id())).isEqualTo(current);
  }

  @Clause
  default void p807_setsTheExpiryOfEach() {
    Bench bench = bench();

    AtomicResult result =
        port(bench)
            .apply(
                List.of(
                    bench.draft("{t}mortal").expiringAfterMillis(600_000).commit(),
                    bench.draft("{t}immortal").commit()));

    assertThat(result.isApplied()).isTrue();
    assertThat(bench.ttl("{t}mortal").remaining().orElseThrow().toMinutes()).isBetween(8L, 10L);
    assertThat(bench.ttl("{t}immortal").isUnlimited()).isTrue();
  }

  @Clause
  default void p808_takesUpToTheMostWrites() {
    Bench bench = bench();
    AtomicPort port = port(bench);
    List<AtomicWrite> writes = new ArrayList<>();
    for (int i = 0; i < AtomicPort.MAX_WRITES; i++) {
      writes.add(bench.draft("{t}" + i).holding("number " + i).ifAbsent().commit());
    }

    assertThat(port.apply(writes).isApplied()).isTrue();

    List<String> ids = writes.stream().map(AtomicWrite::id).toList();
    List<StoredRecord> records = bench.records().read(ids);
    for (int i = 0; i < ids.size(); i++) {
      assertThat(records.get(i).payload()).isEqualTo(Bench.bytes("number " + i));
    }
    AtomicResult again = port.apply(writes.subList(0, 500));
    assertThat(again.isApplied()).isFalse();
  }

  @Clause
  default void p809_refusesBatchesOfNoneOfTooManyAndOfOneIdTwice() {
    Bench bench = bench();
    AtomicPort port = port(bench);
    List<AtomicWrite> tooMany = new ArrayList<>();
    for (int i = 0; i <= AtomicPort.MAX_WRITES; i++) {
      tooMany.add(bench.draft("{t}" + i).commit());
    }

    assertThatIllegalArgumentException().isThrownBy(() -> port.apply(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> port.apply(tooMany));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> port.apply(List.of(bench.draft("{t}0").commit(), new Removal("{t}0", null))));
    bench.assertAbsent("{t}0");
  }

  @Clause
  default void p810_itemsThatDoNotLieTogetherAreRefusedBeforeAnythingIsSent() {
    Bench bench = bench();
    AtomicPort port = port(bench);
    List<Draft> drafts =
        Stream.of("a", "b", "c", "d", "e", "f", "g", "h").map(bench::draft).toList();
    List<String> ids = drafts.stream().map(Draft::id).toList();
    List<AtomicWrite> writes = new ArrayList<>();
    drafts.forEach(draft -> writes.add(draft.commit()));

    assertThat(port.requirement()).isNotBlank();
    if (port.holdsTogether(ids)) {
      assertThat(port.apply(writes).isApplied()).isTrue();
      drafts.forEach(draft -> assertThat(bench.version(draft.id())).isEqualTo(draft.version()));
    } else {
      assertThatIllegalArgumentException().isThrownBy(() -> port.apply(writes));
      ids.forEach(bench::assertAbsent);
    }
  }

  @Clause
  default void p811_itemsThatShareATagLieTogether() {
    AtomicPort port = port(bench());

    assertThat(port.holdsTogether(List.of("one"))).isTrue();
    assertThat(port.holdsTogether(List.of("a{tag}1", "{tag}2", "x{tag}"))).isTrue();
  }

  @Clause
  default void p812_batchesOverTheSameItemsNeverMix() {
    Bench bench = bench();
    AtomicPort port = port(bench);
    List<String> ids = List.of("{t}a", "{t}b", "{t}c", "{t}d");
    for (String id : ids) {
      bench.draft(id).holding("begin").apply();
    }

    Race.all(
        thread -> {
          for (int round = 0; round < 25; round++) {
            String mark = thread + "." + round;
            List<AtomicWrite> writes = new ArrayList<>();
            ids.forEach(id -> writes.add(bench.draft(id).holding(mark).commit()));
            port.apply(writes);
            if (thread == 0) {
              bench.draft("{t}bystander").apply();
            }
          }
        });

    Set<String> marks = new HashSet<>();
    bench
        .records()
        .read(ids)
        .forEach(record -> marks.add(new String(record.payload(), StandardCharsets.UTF_8)));
    assertThat(marks).as("marks of the last batch").hasSize(1).doesNotContain("begin");
  }

  @Clause
  default void p813_ofBatchesOnTheSamePreconditionOneIsApplied() {
    Bench bench = bench();
    AtomicPort port = port(bench);
    Version first = bench.save("{t}a");
    Version second = bench.save("{t}b");

    List<Boolean> applied =
        Race.run(
            thread ->
                port.apply(
                        List.of(
                            bench.draft("{t}a").holding("by " + thread).ifAt(first).commit(),
                            bench.draft("{t}b").holding("by " + thread).ifAt(second).commit()))
                    .isApplied());

    assertThat(applied).containsOnlyOnce(true);
    String winner = "by " + applied.indexOf(true);
    assertThat(bench.present("{t}a").payload()).isEqualTo(Bench.bytes(winner));
    assertThat(bench.present("{t}b").payload()).isEqualTo(Bench.bytes(winner));
  }

  @Clause
  default void p814_batchesAndSingleCommitsLoseNoUpdate() {
    Bench bench = bench();
    AtomicPort port = port(bench);
    List<String> ids = List.of("{t}a", "{t}b");
    ids.forEach(id -> bench.draft(id).holding("0").apply());

    List<Integer> batches =
        Race.run(
            thread -> {
              int applied = 0;
              for (int attempt = 0; attempt < 30; attempt++) {
                if (thread % 2 == 0) {
                  incremented(bench, "{t}a").send();
                } else {
                  List<AtomicWrite> writes = new ArrayList<>();
                  ids.forEach(id -> writes.add(incremented(bench, id).commit()));
                  applied += port.apply(writes).isApplied() ? 1 : 0;
                }
              }
              return applied;
            });

    int all = batches.stream().mapToInt(Integer::intValue).sum();
    assertThat(number(bench.present("{t}b"))).as("increments by batches").isEqualTo(all);
    assertThat(number(bench.present("{t}a"))).as("increments by both").isGreaterThanOrEqualTo(all);
  }

  /** The next version of a record, holding the next number, on condition that nobody was faster. */
  private static Draft incremented(Bench bench, String id) {
    StoredRecord read = bench.present(id);
    Version next =
        Version.of(read.version().micros() + 1, ThreadLocalRandom.current().nextInt(4_096));
    return bench
        .draft(id)
        .holding(Integer.toString(number(read) + 1))
        .at(next)
        .ifAt(read.version());
  }

  private static int number(StoredRecord record) {
    return Integer.parseInt(new String(record.payload(), StandardCharsets.UTF_8));
  }

  /** Who has seen one item of a batch finds every other item at that batch, or at a later one. */
  @Clause
  default void p815_aReaderSeesNoPartOfABatch() {
    Bench bench = bench();
    List<String> ids = List.of("{t}a", "{t}b", "{t}c");
    ids.forEach(id -> bench.draft(id).holding("0").apply());

    AtomicBoolean isDone = new AtomicBoolean();

    Race.all(
        thread -> {
          if (thread == 0) {
            try {
              writeTogether(bench, ids, 40);
            } finally {
              isDone.set(true);
            }
          }
          for (int round = thread; !isDone.get(); round++) {
            int seen = number(bench.present(ids.get(round % 3)));
            int later = number(bench.present(ids.get((round + 1) % 3)));
            assertThat(later).as("read after batch %s", seen).isGreaterThanOrEqualTo(seen);
          }
        });
  }

  private static void writeTogether(Bench bench, List<String> ids, int batches) {
    for (int number = 1; number <= batches; number++) {
      String payload = Integer.toString(number);
      List<AtomicWrite> writes = new ArrayList<>();
      ids.forEach(id -> writes.add(bench.draft(id).holding(payload).commit()));
      assertThat(port(bench).apply(writes).isApplied()).as("batch %s", number).isTrue();
    }
  }

  private static AtomicPort port(Bench bench) {
    return bench
        .ports()
        .atomic()
        .orElseThrow(() -> new TestAbortedException("the adapter declares no atomic batches"));
  }
}
