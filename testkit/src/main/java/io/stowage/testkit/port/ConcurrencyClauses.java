package io.stowage.testkit.port;

import static io.stowage.spi.CommitResult.Status.APPLIED;
import static io.stowage.spi.CommitResult.Status.PRECONDITION_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.CommitResult;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.StoredRecord;
import io.stowage.testkit.contract.Clause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Eight threads at once. */
interface ConcurrencyClauses extends Clauses {

  @Clause
  default void p601_compareAndSetLosesNoUpdate() {
    Bench bench = bench();
    int increments = 40;
    bench.draft("counter").holding("0").apply();

    Race.all(
        thread -> {
          for (int done = 0, attempt = 0; done < increments; attempt++) {
            StoredRecord read = bench.present("counter");
            int value = Integer.parseInt(new String(read.payload(), StandardCharsets.UTF_8));
            Draft next =
                bench
                    .draft("counter")
                    .holding(Integer.toString(value + 1))
                    .at(above(read.version(), thread, attempt))
                    .ifAt(read.version());
            if (bench.status(next) == APPLIED) {
              done++;
            }
          }
        });

    assertThat(new String(bench.present("counter").payload(), StandardCharsets.UTF_8))
        .isEqualTo(Integer.toString(Race.THREADS * increments));
  }

  @Clause
  default void p602_oneOfManyInsertsWins() {
    Bench bench = bench();
    for (int round = 0; round < 30; round++) {
      String id = "id-" + round;
      List<CommitResult> results =
          Race.run(thread -> bench.draft(id).holding("thread " + thread).ifAbsent().send());

      assertThat(results)
          .as("round %s", round)
          .extracting(CommitResult::status)
          .containsOnlyOnce(APPLIED)
          .containsOnly(APPLIED, PRECONDITION_FAILED);
      int winner = results.stream().map(CommitResult::status).toList().indexOf(APPLIED);
      assertThat(bench.present(id).payload()).isEqualTo(Bench.bytes("thread " + winner));
    }
  }

  @Clause
  default void p603_oneOfManyRemovalsGetsTheRecord() {
    Bench bench = bench();
    for (int round = 0; round < 30; round++) {
      String id = "id-" + round;
      Version version = bench.save(id);
      List<Optional<Version>> removed =
          Race.run(
              thread ->
                  Optional.ofNullable(
                      bench.remove(id, thread % 2 == 0 ? version : null).removed()));

      assertThat(removed)
          .as("round %s", round)
          .containsOnlyOnce(Optional.of(version))
          .containsOnly(Optional.of(version), Optional.empty());
      bench.assertAbsent(id);
    }
  }

  @Clause
  default void p604_theHighestVersionStaysAndEachReplacedOneIsAnsweredOnce() {
    Bench bench = bench();
    List<List<Draft>> drafts = new ArrayList<>();
    for (int i = 0; i < Race.THREADS; i++) {
      drafts.add(new ArrayList<>());
    }
    for (int i = 0; i < 400; i++) {
      drafts.get(i % Race.THREADS).add(bench.draft("a"));
    }
    Draft highest = drafts.get(399 % Race.THREADS).get(49);

    List<List<Version>> applied = Collections.synchronizedList(new ArrayList<>());
    List<List<Version>> replaced =
        Race.run(
            thread -> {
              List<Version> mine = new ArrayList<>();
              List<Version> others = new ArrayList<>();
              for (Draft draft : drafts.get(thread)) {
                CommitResult result = draft.send();
                if (result.status() == APPLIED) {
                  mine.add(draft.version());
                  if (result.stored() != null) {
                    others.add(result.stored());
                  }
                }
              }
              applied.add(mine);
              return others;
            });

    assertThat(bench.version("a")).isEqualTo(highest.version());
    List<Version> everApplied = new ArrayList<>(applied.stream().flatMap(List::stream).toList());
    everApplied.remove(highest.version());
    assertThat(replaced.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(everApplied);
  }

  @Clause
  default void p605_aRecordBeingRewrittenIsNeitherAbsentNorTorn() {
    Bench bench = bench();
    Draft first = bench.draft("a");
    first.holding(first.version().toString().repeat(500)).apply();

    Race.all(
        thread -> {
          for (int i = 0; i < 60; i++) {
            if (thread < 4) {
              Draft draft = bench.draft("a");
              draft.holding(draft.version().toString().repeat(500)).send();
            } else {
              StoredRecord read = bench.present("a");
              assertThat(new String(read.payload(), StandardCharsets.UTF_8))
                  .isEqualTo(read.version().toString().repeat(500));
            }
          }
        });
  }

  @Clause
  default void p606_entriesOfOneTermAreNotLost() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    Version version = bench.next();

    Race.all(
        thread -> {
          for (int i = 0; i < 60; i++) {
            EntryRef ref = new EntryRef(thread + "-" + i, version, i);
            bench.add(term, ref);
            if (i % 3 == 0) {
              bench.removeEntries(term, ref);
            }
          }
        });

    List<EntryRef> expected =
        IntStream.range(0, Race.THREADS * 60)
            .filter(i -> i % 60 % 3 != 0)
            .mapToObj(i -> new EntryRef(i / 60 + "-" + i % 60, version, i % 60))
            .sorted()
            .toList();
    assertThat(IndexClauses.all(bench, term)).isEqualTo(expected);
    assertThat(IndexClauses.size(bench, term)).isEqualTo(expected.size());
  }

  /** A term that becomes empty and is filled again must not swallow an entry in between. */
  @Clause
  default void p607_aTermThatEmptiesSwallowsNoEntry() {
    Bench bench = bench();
    Race.all(
        thread -> {
          for (int i = 0; i < 60; i++) {
            IndexTerm term = IndexTerm.exact("round", Integer.toString(i));
            EntryRef goes = new EntryRef("goes-" + thread, bench.next(), 1);
            bench.add(term, goes);
            bench.removeEntries(term, goes);
            bench.add(term, new EntryRef("stays-" + thread, bench.next(), 1));
          }
        });

    for (int i = 0; i < 60; i++) {
      assertThat(IndexClauses.all(bench, IndexTerm.exact("round", Integer.toString(i))))
          .extracting(EntryRef::id)
          .as("round %s", i)
          .containsExactlyElementsOf(
              IntStream.range(0, Race.THREADS).mapToObj(t -> "stays-" + t).toList());
    }
  }

  @Clause
  default void p608_oneOfManyDefinitionsWins() {
    for (int round = 0; round < 20; round++) {
      Bench bench = bench();
      List<String> answers = Race.run(thread -> bench.records().define("definition " + thread));

      assertThat(answers).as("round %s", round).containsOnly(answers.get(0));
      assertThat(bench.records().definition()).contains(answers.get(0));
    }
  }

  @Clause
  default void p609_batchesOfManyThreadsDoNotMix() {
    Bench bench = bench();
    List<List<Draft>> drafts =
        Race.run(
            thread -> {
              List<Draft> mine =
                  IntStream.range(0, 200).mapToObj(i -> bench.draft(thread + "-" + i)).toList();
              List<CommitResult> results =
                  bench.records().commit(mine.stream().map(Draft::commit).toList());
              assertThat(results).extracting(CommitResult::status).containsOnly(APPLIED);
              assertThat(results).extracting(CommitResult::stored).containsOnlyNulls();
              return mine;
            });

    for (List<Draft> mine : drafts) {
      assertThat(bench.records().versions(mine.stream().map(Draft::id).toList()))
          .isEqualTo(mine.stream().map(Draft::version).toList());
    }
  }

  /** A version of this thread's own, not far above; which thread's is higher is left to chance. */
  private static Version above(Version read, int thread, int attempt) {
    long micros = read.micros() + 1 + ThreadLocalRandom.current().nextInt(1_000);
    return Version.of(micros, (thread << 9) | (attempt & 0x1ff));
  }
}
