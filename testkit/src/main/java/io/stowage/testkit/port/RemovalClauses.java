package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.testkit.contract.Clause;
import java.util.List;
import java.util.stream.IntStream;

/** Removing records. */
interface RemovalClauses extends Clauses {

  @Clause
  default void p201_removesAndAnswersWhatWasThere() {
    Bench bench = bench();
    Draft stored = bench.draft("a").expiringAfterMillis(600_000);
    stored.apply();
    bench.save("b");

    RemovalResult result = bench.remove("a", null);

    assertThat(result.removed()).isEqualTo(stored.version());
    assertThat(result.payload()).isEqualTo(stored.payload());
    bench.assertAbsent("a");
    assertThat(bench.ttl("a").isPresent()).as("TTL says present").isFalse();
    assertThat(bench.version("b")).as("another record").isNotNull();
  }

  @Clause
  default void p202_removingNothingAnswersNothing() {
    Bench bench = bench();
    Version other = bench.save("b");

    for (Version expected : new Version[] {null, other}) {
      RemovalResult result = bench.remove("a", expected);
      assertThat(result.removed()).isNull();
      assertThat(result.payload()).isNull();
    }
    assertThat(bench.version("b")).isEqualTo(other);
  }

  @Clause
  default void p203_removesAtTheExpectedVersion() {
    Bench bench = bench();
    Draft stored = bench.draft("a");
    stored.apply();

    RemovalResult result = bench.remove("a", stored.version());

    assertThat(result.removed()).isEqualTo(stored.version());
    assertThat(result.payload()).isEqualTo(stored.payload());
    bench.assertAbsent("a");
  }

  @Clause
  default void p204_removesNothingAtAnotherVersion() {
    Bench bench = bench();
    Version first = bench.save("a");
    Draft second = bench.draft("a");
    second.apply();

    for (Version wrong :
        new Version[] {first, bench.next(), new Version(second.version().bits() ^ 1)}) {
      RemovalResult result = bench.remove("a", wrong);
      assertThat(result.removed()).as("removed, expecting %s", wrong).isNull();
      assertThat(result.payload()).isNull();
    }
    bench.assertStored("a", second.version(), second.payload());
  }

  @Clause
  default void p205_answersRemovedPayloadsUpToTheLimit() {
    Bench bench = bench();
    Version empty = bench.draft("empty").holding(new byte[0]).apply();
    Version largest = bench.draft("largest").holding(new byte[CommitResult.MAX_PAYLOAD]).apply();
    Version longer = bench.draft("longer").holding(new byte[CommitResult.MAX_PAYLOAD + 1]).apply();

    RemovalResult ofEmpty = bench.remove("empty", null);
    RemovalResult ofLargest = bench.remove("largest", null);
    RemovalResult ofLonger = bench.remove("longer", null);

    assertThat(ofEmpty.removed()).isEqualTo(empty);
    assertThat(ofEmpty.payload()).isEqualTo(new byte[0]);
    assertThat(ofLargest.removed()).isEqualTo(largest);
    assertThat(ofLargest.payload()).hasSize(CommitResult.MAX_PAYLOAD);
    assertThat(ofLonger.removed()).isEqualTo(longer);
    assertThat(ofLonger.payload()).as("removed payload of 65,537 bytes").isNull();
    bench.assertAbsent("longer");
  }

  @Clause
  default void p206_removesABatchInItsOrder() {
    Bench bench = bench();
    List<String> ids = IntStream.range(0, 1_000).mapToObj(i -> "id-" + i).toList();
    List<Draft> drafts = ids.stream().map(bench::draft).toList();
    bench.records().commit(drafts.stream().map(Draft::commit).toList());
    List<Removal> removals =
        IntStream.range(0, 2_000).mapToObj(i -> new Removal("id-" + i / 2, null)).toList();

    List<RemovalResult> results = bench.records().remove(removals);

    assertThat(results).hasSize(2_000);
    for (int i = 0; i < results.size(); i++) {
      Version expected = i % 2 == 0 ? drafts.get(i / 2).version() : null;
      assertThat(results.get(i).removed()).as("removal %s", i).isEqualTo(expected);
    }
    assertThat(bench.records().versions(ids)).containsOnlyNulls();
  }

  @Clause
  default void p207_aRemovedRecordRefusesNoLaterCommit() {
    Bench bench = bench();
    Draft early = bench.draft("a");
    bench.save("a");
    bench.remove("a", null);

    assertThat(bench.status(early)).isEqualTo(CommitResult.Status.APPLIED);
    bench.assertStored("a", early.version(), early.payload());
  }
}
