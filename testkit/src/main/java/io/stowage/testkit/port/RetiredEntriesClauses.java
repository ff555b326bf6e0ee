package io.stowage.testkit.port;

import static io.stowage.spi.CommitResult.Status.APPLIED;
import static io.stowage.spi.CommitResult.Status.PRECONDITION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Repacking;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import java.util.List;

/** Which entries an adapter may remove without being asked to. */
interface RetiredEntriesClauses extends Clauses {

  @Clause
  default void p544_nothingGoesButWhatCameWithARecordThatWasReplaced() {
    Bench bench = bench();
    IndexTerm with = IndexTerm.exact("came", "with its record");
    IndexTerm apart = IndexTerm.exact("came", "apart");
    EntryRef first = stored(bench, bench.draft("a"), with);
    EntryRef refused = refused(bench, with);
    bench.add(apart, first);

    assertThat(bench.touch("a", null, Expiry.after(Duration.ofHours(1)))).isTrue();
    bench.records().repack(List.of(new Repacking("a", first.version(), Bench.bytes("repacked"))));
    assertThat(IndexClauses.all(bench, with)).containsExactly(first, refused);

    EntryRef second = stored(bench, bench.draft("a"), with);
    assertThat(IndexClauses.all(bench, with)).contains(refused, second);
    assertThat(IndexClauses.all(bench, apart)).containsExactly(first);

    bench.remove("a", null);
    EntryRef brief = stored(bench, bench.draft("a").expiringAfterMillis(200), with);
    eventually().untilAsserted(() -> bench.assertAbsent("a"));
    assertThat(IndexClauses.all(bench, with)).contains(refused, brief);
    assertThat(IndexClauses.all(bench, apart)).containsExactly(first);
  }

  private static EntryRef stored(Bench bench, Draft draft, IndexTerm term) {
    EntryRef ref = new EntryRef(draft.id(), draft.version(), 1);
    assertThat(bench.ports().addThenCommit(Bench.entries(term, ref), List.of(draft.commit())))
        .extracting(result -> result.status())
        .containsExactly(APPLIED);
    return ref;
  }

  private static EntryRef refused(Bench bench, IndexTerm term) {
    Draft draft = bench.draft("a").ifAbsent();
    EntryRef ref = new EntryRef(draft.id(), draft.version(), 1);
    assertThat(bench.ports().addThenCommit(Bench.entries(term, ref), List.of(draft.commit())))
        .extracting(result -> result.status())
        .containsExactly(PRECONDITION_FAILED);
    return ref;
  }
}
