package io.stowage.testkit.port;

import static io.stowage.spi.CommitResult.Status.APPLIED;
import static io.stowage.spi.CommitResult.Status.NOT_NEWER;
import static io.stowage.spi.CommitResult.Status.TOO_OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Commits without a precondition: what is stored, what is answered, which versions are refused. */
interface CommitClauses extends Clauses {

  @Clause
  default void p101_storesTheRecord() {
    Bench bench = bench();

    Draft draft = bench.draft("a");
    CommitResult result = draft.send();

    assertThat(result.status()).isEqualTo(APPLIED);
    assertThat(result.stored()).as("replaced version").isNull();
    assertThat(result.payload()).as("replaced payload").isNull();
    bench.assertStored("a", draft.version(), draft.payload());
  }

  @Clause
  default void p102_answersTheReplacedRecord() {
    Bench bench = bench();
    Version first = bench.draft("a").holding("first").apply();

    Draft second = bench.draft("a").holding("second");
    CommitResult result = second.send();

    assertThat(result.status()).isEqualTo(APPLIED);
    assertThat(result.stored()).as("replaced version").isEqualTo(first);
    assertThat(result.payload()).as("replaced payload").isEqualTo(Bench.bytes("first"));
    bench.assertStored("a", second.version(), Bench.bytes("second"));
  }

  @Clause
  default void p103_answersReplacedPayloadsUpToTheLimit() {
    Bench bench = bench();
    Version empty = bench.draft("a").holding(new byte[0]).apply();
    Draft largest = bench.draft("a").holding(new byte[CommitResult.MAX_PAYLOAD]);

    CommitResult replacedEmpty = largest.send();
    CommitResult replacedLargest = bench.draft("a").send();

    assertThat(replacedEmpty.stored()).isEqualTo(empty);
    assertThat(replacedEmpty.payload()).as("replaced payload of 0 bytes").isEqualTo(new byte[0]);
    assertThat(replacedLargest.stored()).isEqualTo(largest.version());
    assertThat(replacedLargest.payload())
        .as("replaced payload of 65,536 bytes")
        .isEqualTo(largest.payload());
  }

  @Clause
  default void p104_answersOnlyTheVersionOfALongerReplacedRecord() {
    Bench bench = bench();
    byte[] longer = new byte[CommitResult.MAX_PAYLOAD + 1];
    Version first = bench.draft("a").holding(longer).apply();
    bench.assertStored("a", first, longer);

    Draft second = bench.draft("a");
    CommitResult result = second.send();

    assertThat(result.stored()).isEqualTo(first);
    assertThat(result.payload()).as("replaced payload of 65,537 bytes").isNull();
    bench.assertStored("a", second.version(), second.payload());
  }

  @Clause
  default void p105_refusesTheStoredVersion() {
    Bench bench = bench();
    Draft first = bench.draft("a").holding("first");
    first.apply();

    CommitResult again = first.holding("again").send();

    assertThat(again.status()).isEqualTo(NOT_NEWER);
    assertThat(again.stored()).as("current version").isEqualTo(first.version());
    assertThat(again.payload()).as("payload of a refusal").isNull();
    bench.assertStored("a", first.version(), first.payload());
  }

  @Clause
  default void p106_refusesAnOlderVersion() {
    Bench bench = bench();
    Draft older = bench.draft("a").holding("older");
    Draft newer = bench.draft("a").holding("newer").expiringAfterMillis(600_000);
    newer.apply();

    CommitResult late = older.send();

    assertThat(late.status()).isEqualTo(NOT_NEWER);
    assertThat(late.stored()).as("current version").isEqualTo(newer.version());
    assertThat(late.payload()).as("payload of a refusal").isNull();
    bench.assertStored("a", newer.version(), newer.payload());
    assertThat(bench.ttl("a").remaining()).as("TTL of the current record").isPresent();
  }

  /**
   * Versions from 2041 on have the top bit set: as signed numbers they are below all of today's.
   */
  @Clause
  default void p107_ordersVersionsAsUnsignedNumbers() {
    Bench bench = bench();
    Version low = bench.save("a");
    Version high = new Version(Long.MIN_VALUE | low.bits());
    Version highest = new Version(-1L);

    assertThat(bench.status(bench.draft("a").at(high))).isEqualTo(APPLIED);
    assertThat(bench.status(bench.draft("a"))).as("today's over 2041's").isEqualTo(NOT_NEWER);
    assertThat(bench.status(bench.draft("a").at(highest))).isEqualTo(APPLIED);
    assertThat(bench.status(bench.draft("a").at(high))).isEqualTo(NOT_NEWER);
    assertThat(bench.version("a")).isEqualTo(highest);
  }

  @Clause
  default void p108_comparesAll64BitsOfVersions() {
    Bench bench = bench();
    long base = bench.next().bits() & 0xffff_ffff_0000_0000L;
    List<Long> ladder =
        List.of(
            base + (1L << 32),
            base + (1L << 32) + 1,
            base + (1L << 32) + 0x7fff_ffffL,
            base + (1L << 32) + 0x8000_0000L,
            base + (1L << 32) + 0xffff_ffffL,
            base + (2L << 32),
            base + (2L << 32) + 0xffff_fffeL,
            base + (2L << 32) + 0xffff_ffffL);

    for (int i = 0; i < ladder.size(); i++) {
      Version step = new Version(ladder.get(i));
      assertThat(bench.status(bench.draft("a").at(step))).as("up to %s", step).isEqualTo(APPLIED);
      assertThat(bench.version("a")).isEqualTo(step);
      for (int below = 0; below <= i; below++) {
        Draft back = bench.draft("a").at(new Version(ladder.get(below)));
        assertThat(bench.status(back)).as("%s over %s", back.version(), step).isEqualTo(NOT_NEWER);
      }
    }
  }

  @Clause
  default void p109_refusesAVersionOlderThanTheGracePeriod() {
    Bench bench = bench();

    CommitResult late =
        bench.draft("a").at(bench.old(Duration.ofSeconds(15))).grace(Duration.ofSeconds(10)).send();

    assertThat(late.status()).isEqualTo(TOO_OLD);
    assertThat(late.stored()).isNull();
    assertThat(late.payload()).isNull();
    bench.assertAbsent("a");
  }

  @Clause
  default void p110_appliesAVersionWithinTheGracePeriodOrAhead() {
    Bench bench = bench();
    Draft late = bench.draft("a").at(bench.old(Duration.ofMinutes(15)));
    Version ahead = Version.of(bench.records().serverMicros() + 3_600_000_000L, 1);

    assertThat(bench.status(late.grace(Duration.ofMinutes(10)))).isEqualTo(TOO_OLD);
    assertThat(bench.status(late.grace(Duration.ofMinutes(45)))).isEqualTo(APPLIED);
    assertThat(bench.status(bench.draft("a").at(ahead).grace(Duration.ZERO))).isEqualTo(APPLIED);
    assertThat(bench.version("a")).isEqualTo(ahead);
  }

  @Clause
  default void p111_answersTheBackendsClock() {
    Bench bench = bench();
    Draft first = bench.draft("a");

    long before = bench.records().serverMicros();
    CommitResult applied = first.send();
    CommitResult refused = first.send();
    CommitResult tooOld = bench.draft("a").at(bench.old(Bench.GRACE.multipliedBy(2))).send();
    long after = bench.records().serverMicros();

    assertThat(List.of(applied.status(), refused.status(), tooOld.status()))
        .containsExactly(APPLIED, NOT_NEWER, TOO_OLD);
    assertThat(applied.serverMicros()).isBetween(before, after);
    assertThat(refused.serverMicros()).isBetween(applied.serverMicros(), after);
    assertThat(tooOld.serverMicros()).isBetween(refused.serverMicros(), after);
  }

  @Clause
  default void p112_appliesCommitsForOneIdInTheirOrder() {
    Bench bench = bench();
    Draft first = bench.draft("a").holding("first");
    Draft second = bench.draft("a").holding("second");
    Draft third = bench.draft("a").holding("third");

    List<CommitResult> results =
        bench
            .records()
            .commit(
                List.of(
                    first.ifAbsent().commit(),
                    third.ifAt(first.version()).commit(),
                    second.commit()));

    assertThat(results)
        .extracting(CommitResult::status)
        .containsExactly(APPLIED, APPLIED, NOT_NEWER);
    assertThat(results)
        .extracting(CommitResult::stored)
        .containsExactly(null, first.version(), third.version());
    bench.assertStored("a", third.version(), third.payload());
  }

  @Clause
  default void p113_decidesOnEachCommitOfABatchByItself() {
    Bench bench = bench();
    Version stored = bench.save("b");

    List<CommitResult> results =
        bench
            .records()
            .commit(
                List.of(
                    bench.draft("a").commit(),
                    bench.draft("b").ifAbsent().commit(),
                    bench.draft("c").commit(),
                    bench.draft("d").at(bench.old(Bench.GRACE.multipliedBy(2))).commit(),
                    bench.draft("e").commit()));

    assertThat(results)
        .extracting(CommitResult::status)
        .containsExactly(
            APPLIED, CommitResult.Status.PRECONDITION_FAILED, APPLIED, TOO_OLD, APPLIED);
    assertThat(bench.records().versions(List.of("a", "b", "c", "d", "e")))
        .satisfiesExactly(
            a -> assertThat(a).isNotNull(),
            b -> assertThat(b).isEqualTo(stored),
            c -> assertThat(c).isNotNull(),
            d -> assertThat(d).isNull(),
            e -> assertThat(e).isNotNull());
  }

  @Clause
  default void p114_takesABatchOf2000() {
    Bench bench = bench();
    Version taken = bench.save("id-1234");
    List<Draft> drafts =
        IntStream.range(0, 2_000).mapToObj(i -> bench.draft("id-" + i).ifAbsent()).toList();

    List<CommitResult> results =
        bench.records().commit(drafts.stream().map(Draft::commit).toList());

    assertThat(results).hasSize(2_000);
    List<String> refused = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (results.get(i).status() != APPLIED) {
        refused.add(drafts.get(i).id());
      }
    }
    assertThat(refused).as("ids that were refused").containsExactly("id-1234");
    List<Version> expected =
        drafts.stream().map(d -> d.id().equals("id-1234") ? taken : d.version()).toList();
    assertThat(bench.records().versions(drafts.stream().map(Draft::id).toList()))
        .isEqualTo(expected);
  }

  @Clause
  default void p115_answersAnEmptyBatchWithNothing() {
    Bench bench = bench();
    List<Commit> none = List.of();

    assertThat(bench.records().commit(none)).isEmpty();
    assertThat(bench.records().remove(List.of())).isEmpty();
    assertThat(bench.records().read(List.of())).isEmpty();
    assertThat(bench.records().versions(List.of())).isEmpty();
    assertThat(bench.records().touch(List.of())).isEmpty();
    assertThat(bench.records().ttl(List.of())).isEmpty();
    assertThat(bench.indexes().sizes(List.of())).isEmpty();
    assertThat(bench.indexes().readAll(List.of())).isEmpty();
    bench.indexes().add(List.of());
    bench.indexes().remove(List.of());
    assertThat(bench.records().scan("", 100).ids()).isEmpty();
  }
}
