package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.StoredRecord;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays and lists that were given or answered are no windows into the store. */
interface AliasingClauses extends Clauses {

  @Clause
  default void p521_keepsACopyOfThePayload() {
    Bench bench = bench();
    byte[] payload = Bench.bytes("payload");
    Draft draft = bench.draft("a").holding(payload);
    draft.apply();
    assertThat(payload).as("the array that was given").isEqualTo(Bench.bytes("payload"));

    Arrays.fill(payload, (byte) 'x');

    bench.assertStored("a", draft.version(), Bench.bytes("payload"));
  }

  @Clause
  default void p522_answersACopyOfThePayload() {
    Bench bench = bench();
    Draft draft = bench.draft("a").holding("payload");
    draft.apply();

    List<StoredRecord> twice = bench.records().read(List.of("a", "a"));
    Arrays.fill(twice.get(0).payload(), (byte) 'x');

    assertThat(twice.get(1).payload()).as("second answer").isEqualTo(draft.payload());
    bench.assertStored("a", draft.version(), Bench.bytes("payload"));
  }

  @Clause
  default void p523_answersToWritesAreNotShared() {
    Bench bench = bench();
    byte[] given = Bench.bytes("payload");
    bench.draft("a").holding(given).apply();
    byte[] read = bench.present("a").payload();

    byte[] replaced = bench.draft("a").holding("second").send().payload();
    assertThat(replaced).isEqualTo(Bench.bytes("payload"));
    Arrays.fill(replaced, (byte) 'x');
    assertThat(read).as("read before").isEqualTo(Bench.bytes("payload"));
    assertThat(given).as("given before").isEqualTo(Bench.bytes("payload"));

    byte[] secondRead = bench.present("a").payload();
    byte[] removed = bench.remove("a", null).payload();
    assertThat(removed).isEqualTo(Bench.bytes("second"));
    Arrays.fill(removed, (byte) 'x');
    assertThat(secondRead).as("read before").isEqualTo(Bench.bytes("second"));
  }

  @Clause
  default void p524_keepsNoListThatWasGiven() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    EntryRef ref = new EntryRef("a", bench.next(), 1);
    List<Commit> commits = new ArrayList<>(List.of(bench.draft("a").commit()));
    List<IndexEntry> entries = new ArrayList<>(Bench.entries(term, ref));
    List<String> ids = new ArrayList<>(List.of("a"));

    bench.indexes().add(entries);
    List<CommitResult> results = bench.records().commit(commits);
    List<StoredRecord> found = bench.records().read(ids);
    commits.clear();
    entries.clear();
    ids.clear();

    assertThat(results).hasSize(1);
    assertThat(found).hasSize(1);
    assertThat(IndexClauses.all(bench, term)).containsExactly(ref);
    assertThat(bench.version("a")).isNotNull();
  }
}
