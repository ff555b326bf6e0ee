package io.stowage.testkit.port;

import static io.stowage.spi.CommitResult.Status.APPLIED;
import static io.stowage.spi.CommitResult.Status.PRECONDITION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Adding entries and committing in one call. */
interface AddThenCommitClauses extends Clauses {

  IndexTerm TAG = IndexTerm.exact("tag", "x");

  @Clause
  default void p461_addsEntriesAndCommits() {
    Bench bench = bench();
    Version old = bench.save("a");
    Draft draft = bench.draft("a").holding("new").ifAt(old);
    EntryRef ref = new EntryRef("a", draft.version(), 3);

    List<CommitResult> results =
        bench
            .ports()
            .addThenCommit(
                List.of(new IndexEntry(TAG, ref), new IndexEntry(IndexTerm.range("n"), ref)),
                List.of(draft.commit()));

    assertThat(results).extracting(CommitResult::status).containsExactly(APPLIED);
    assertThat(results).extracting(CommitResult::stored).containsExactly(old);
    bench.assertStored("a", draft.version(), draft.payload());
    assertThat(IndexClauses.all(bench, TAG)).containsExactly(ref);
    assertThat(IndexClauses.all(bench, IndexTerm.range("n"))).containsExactly(ref);
  }

  @Clause
  default void p462_aRefusedCommitLeavesItsEntries() {
    Bench bench = bench();
    Version stored = bench.save("a");
    Draft refused = bench.draft("a").ifAbsent();
    EntryRef ref = new EntryRef("a", refused.version(), 3);

    List<CommitResult> results =
        bench.ports().addThenCommit(Bench.entries(TAG, ref), List.of(refused.commit()));

    assertThat(results).extracting(CommitResult::status).containsExactly(PRECONDITION_FAILED);
    assertThat(bench.version("a")).isEqualTo(stored);
    assertThat(IndexClauses.all(bench, TAG)).containsExactly(ref);
  }

  @Clause
  default void p463_eitherPartMayBeEmpty() {
    Bench bench = bench();
    EntryRef ref = new EntryRef("b", bench.next(), 3);

    assertThat(bench.ports().addThenCommit(List.of(), List.of())).isEmpty();
    assertThat(bench.ports().addThenCommit(Bench.entries(TAG, ref), List.of())).isEmpty();
    assertThat(bench.ports().addThenCommit(List.of(), List.of(bench.draft("a").commit())))
        .extracting(CommitResult::status)
        .containsExactly(APPLIED);

    assertThat(IndexClauses.all(bench, TAG)).containsExactly(ref);
    assertThat(bench.version("a")).isNotNull();
    bench.assertAbsent("b");
  }

  @Clause
  default void p464_takesABatchOf2000() {
    Bench bench = bench();
    List<IndexEntry> entries = new ArrayList<>();
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Draft draft = bench.draft("id-" + i);
      EntryRef ref = new EntryRef(draft.id(), draft.version(), i);
      entries.add(new IndexEntry(TAG, ref));
      entries.add(new IndexEntry(IndexTerm.exact("mod", "m" + i % 50), ref));
      drafts.add(i % 10 == 3 ? draft.ifAt(draft.version()) : draft.ifAbsent());
    }

    List<CommitResult> results =
        bench.ports().addThenCommit(entries, drafts.stream().map(Draft::commit).toList());

    assertThat(results).hasSize(2_000);
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).status())
          .as("commit %s", i)
          .isEqualTo(i % 10 == 3 ? PRECONDITION_FAILED : APPLIED);
    }
    assertThat(IndexClauses.size(bench, TAG)).isEqualTo(2_000);
    assertThat(IndexClauses.size(bench, IndexTerm.exact("mod", "m3"))).isEqualTo(40);
    assertThat(bench.version("id-3")).isNull();
    assertThat(bench.version("id-4")).isEqualTo(drafts.get(4).version());
  }

  /**
   * Whoever sees a record finds its entry, looked for after the record was seen, or else finds
   * another record there.
   */
  @Clause
  default void p465_noCommitShowsBeforeItsEntries() throws Exception {
    Bench bench = bench();
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writes =
          writer.submit(
              () -> {
                while (!done.get()) {
                  List<IndexEntry> entries = new ArrayList<>();
                  List<Draft> drafts = new ArrayList<>();
                  for (int i = 0; i < 20; i++) {
                    Draft draft = bench.draft("id-" + i);
                    drafts.add(draft);
                    EntryRef ref = new EntryRef(draft.id(), draft.version(), 1);
                    entries.add(new IndexEntry(IndexTerm.exact("of", draft.id()), ref));
                  }
                  bench.ports().addThenCommit(entries, drafts.stream().map(Draft::commit).toList());
                }
              });
      long deadline = System.nanoTime() + patience().toNanos();
      int seen = 0;
      for (int look = 0; seen < 100; look++) {
        assertThat(writes.isDone()).as("the writer ended early").isFalse();
        assertThat(deadline - System.nanoTime()).as("time after %s looks", look).isPositive();
        String id = "id-" + look % 20;
        Version version = bench.version(id);
        if (version != null) {
          IndexTerm term = IndexTerm.exact("of", id);
          EntryRef ref = new EntryRef(id, version, 1);
          EntryRef before = new EntryRef(id, new Version(version.bits() - 1), 1);
          // Read at its place: the writer may be thousands of entries further by now.
          List<EntryRef> entry =
              bench.indexes().read(IndexRange.all(term), Direction.ASCENDING, before, 1);
          List<@Nullable Double> score = bench.indexes().scores(List.of(new IndexEntry(term, ref)));
          seen++;
          if (!entry.equals(List.of(ref)) || !score.equals(List.of(1.0))) {
            // An adapter may take the entry away once the record has been replaced, not before.
            assertThat(bench.version(id))
                .as("'%s', whose entry at %s is %s with score %s", id, version, entry, score)
                .isNotEqualTo(version);
          }
        }
      }
      done.set(true);
      writes.get(patience().toSeconds(), TimeUnit.SECONDS);
    } finally {
      done.set(true);
      writer.shutdownNow();
    }
  }
}
