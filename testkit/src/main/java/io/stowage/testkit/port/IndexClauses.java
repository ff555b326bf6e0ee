package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Adding, removing and counting index entries. */
interface IndexClauses extends Clauses {

  @Clause
  default void p401_addsEntries() {
    Bench bench = bench();
    IndexTerm exact = IndexTerm.exact("color", "red");
    IndexTerm range = IndexTerm.range("size");
    EntryRef one = new EntryRef("a", bench.next(), 1.5);
    EntryRef two = new EntryRef("b", bench.next(), 2.5);

    bench.indexes().add(List.of(new IndexEntry(exact, one), new IndexEntry(range, two)));

    assertThat(all(bench, exact)).containsExactly(one);
    assertThat(all(bench, range)).containsExactly(two);
    assertThat(all(bench, IndexTerm.exact("color", "blue"))).isEmpty();
    assertThat(bench.find("a")).as("record of an entry's id").isNull();
  }

  @Clause
  default void p402_addingAgainChangesNothing() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    EntryRef entry = new EntryRef("a", bench.next(), 1);

    bench.add(term, entry, entry);
    bench.add(term, entry);

    assertThat(all(bench, term)).containsExactly(entry);
    assertThat(size(bench, term)).isEqualTo(1);
  }

  @Clause
  default void p403_aNewScoreReplacesTheOld() {
    Bench bench = bench();
    Version version = bench.next();
    EntryRef between = new EntryRef("b", bench.next(), 2);

    for (IndexTerm term : List.of(IndexTerm.range("size"), IndexTerm.exact("color", "red"))) {
      bench.add(term, new EntryRef("a", version, 1), between);
      bench.add(term, new EntryRef("a", version, 7), new EntryRef("a", version, 3));
      assertThat(all(bench, term)).containsExactly(between, new EntryRef("a", version, 3));
      bench.add(term, new EntryRef("a", version, 1));
      assertThat(all(bench, term)).containsExactly(new EntryRef("a", version, 1), between);
      assertThat(size(bench, term)).isEqualTo(2);
    }
  }

  @Clause
  default void p404_removesWhateverTheScore() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.range("size");
    Version version = bench.next();
    EntryRef other = new EntryRef("b", version, 1);
    bench.add(term, new EntryRef("a", version, 1), other);

    bench.removeEntries(term, new EntryRef("a", version, 99));

    assertThat(all(bench, term)).containsExactly(other);
    assertThat(size(bench, term)).isEqualTo(1);
  }

  @Clause
  default void p405_removingWhatIsNotThereIsPassedOver() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    EntryRef stays = new EntryRef("a", bench.next(), 1);
    EntryRef goes = new EntryRef("b", bench.next(), 1);
    bench.add(term, stays, goes);

    List<IndexEntry> removals = new ArrayList<>();
    removals.addAll(Bench.entries(IndexTerm.exact("never", "used"), stays));
    removals.addAll(Bench.entries(term, new EntryRef("absent", stays.version(), 1), goes, goes));
    bench.indexes().remove(removals);

    assertThat(all(bench, term)).containsExactly(stays);
  }

  @Clause
  default void p406_versionsOfOneIdAreDifferentEntries() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    EntryRef first = new EntryRef("a", bench.next(), 1);
    EntryRef second = new EntryRef("a", bench.next(), 2);
    EntryRef third = new EntryRef("a", new Version(second.version().bits() ^ 1), 3);
    bench.add(term, first, second, third);
    assertThat(all(bench, term)).containsExactly(first, second, third);

    bench.removeEntries(term, second);

    assertThat(all(bench, term)).containsExactly(first, third);
  }

  @Clause
  default void p407_termsOfOneEntryAreIndependent() {
    Bench bench = bench();
    EntryRef entry = new EntryRef("a", bench.next(), 1);
    List<IndexTerm> terms =
        List.of(
            IndexTerm.exact("tag", "one"),
            IndexTerm.exact("tag", "two"),
            IndexTerm.exact("other", "one"),
            IndexTerm.range("tag"),
            IndexTerm.exact("tag", ""));
    bench.indexes().add(terms.stream().map(term -> new IndexEntry(term, entry)).toList());

    for (int removed = 0; removed < terms.size(); removed++) {
      bench.removeEntries(terms.get(removed), entry);
      for (int i = 0; i < terms.size(); i++) {
        long expected = i > removed ? 1 : 0;
        assertThat(size(bench, terms.get(i))).as("%s", terms.get(i)).isEqualTo(expected);
        assertThat(all(bench, terms.get(i))).as("%s", terms.get(i)).hasSize((int) expected);
      }
    }
  }

  @Clause
  default void p408_takesABatchOfManyTerms() {
    Bench bench = bench();
    List<IndexEntry> entries =
        IntStream.range(0, 3_000)
            .mapToObj(
                i ->
                    new IndexEntry(
                        IndexTerm.exact("tag", "v" + i % 100),
                        new EntryRef("id-" + i, bench.next(), i)))
            .toList();

    bench.indexes().add(entries);
    List<IndexRange> ranges =
        IntStream.range(0, 100)
            .mapToObj(i -> IndexRange.all(IndexTerm.exact("tag", "v" + i)))
            .toList();
    assertThat(bench.indexes().sizes(ranges)).hasSize(100).containsOnly(30L);

    bench.indexes().remove(entries.subList(0, 2_999));
    List<Long> sizes = bench.indexes().sizes(ranges);
    assertThat(sizes.subList(0, 99)).containsOnly(0L);
    assertThat(sizes.get(99)).isEqualTo(1L);
  }

  @Clause
  default void p409_sizesCountEachRange() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.range("size");
    IndexTerm exact = IndexTerm.exact("color", "red");
    bench.add(term, refs(bench, 1, 2, 2, 3, 10));
    bench.add(exact, refs(bench, 5));

    List<Long> sizes =
        bench
            .indexes()
            .sizes(
                List.of(
                    new IndexRange(term, 2, 3),
                    IndexRange.all(IndexTerm.exact("never", "used")),
                    IndexRange.all(term),
                    IndexRange.all(exact),
                    new IndexRange(term, 4, 9),
                    new IndexRange(term, 3, 2),
                    new IndexRange(term, 2, 3)));

    assertThat(sizes).containsExactly(3L, 0L, 5L, 1L, 0L, 0L, 3L);
  }

  @Clause
  default void p410_aTermIsEmptyOnceAllIsRemoved() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    EntryRef[] refs = refs(bench, 1, 2, 3);
    bench.add(term, refs);

    bench.removeEntries(term, refs);

    assertThat(size(bench, term)).isZero();
    assertThat(all(bench, term)).isEmpty();
    bench.add(term, refs[1]);
    assertThat(all(bench, term)).containsExactly(refs[1]);
  }

  @Clause
  default void p411_entriesStayWhateverBecomesOfTheItem() {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    Version first = bench.save("a");
    EntryRef entry = new EntryRef("a", first, 1);
    EntryRef foreign = new EntryRef("never saved", bench.next(), 2);
    bench.add(term, entry, foreign);

    bench.save("a");
    bench.remove("a", null);

    assertThat(all(bench, term)).containsExactly(entry, foreign);
  }

  /** Every entry of a term, in ascending order. */
  static List<EntryRef> all(Bench bench, IndexTerm term) {
    return bench.indexes().read(IndexRange.all(term), Direction.ASCENDING, null, 10_000);
  }

  static long size(Bench bench, IndexTerm term) {
    return Bench.only(bench.indexes().sizes(List.of(IndexRange.all(term))));
  }

  /** Entries of these scores and of ids of their own. */
  static EntryRef[] refs(Bench bench, double... scores) {
    return IntStream.range(0, scores.length)
        .mapToObj(i -> new EntryRef("ref-" + i, bench.next(), scores[i]))
        .toArray(EntryRef[]::new);
  }
}
