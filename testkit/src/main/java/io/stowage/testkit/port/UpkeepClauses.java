package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.ScanPage;
import io.stowage.spi.TermPage;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;

/** What the upkeep of a store needs: its terms, the scores of entries, another definition. */
interface UpkeepClauses extends Clauses {

  IndexTerm FIRST = IndexTerm.exact("kind", "first");
  IndexTerm SECOND = IndexTerm.exact("kind", "second");
  IndexTerm RANGE = IndexTerm.range("size");

  @Clause
  default void p841_aDefinitionIsReplacedIfItIsTheExpectedOne() {
    Bench bench = bench();

    assertThat(bench.records().redefine("none", "new")).as("where none is").isFalse();
    assertThat(bench.records().definition()).isEmpty();
    bench.records().define("old\nof two lines");
    assertThat(bench.records().redefine("old", "new")).isFalse();
    assertThat(bench.records().definition()).contains("old\nof two lines");
    assertThat(bench.records().redefine("old\nof two lines", "new \u20ac")).isTrue();
    assertThat(bench.records().definition()).contains("new \u20ac");
    assertThat(bench.records().redefine("old\nof two lines", "newer")).isFalse();
  }

  @Clause
  default void p842_ofManyReplacementsOfADefinitionOneIsMade() {
    Bench bench = bench();
    bench.records().define("old");

    List<Boolean> made = Race.run(thread -> bench.records().redefine("old", "by " + thread));

    assertThat(made).containsOnlyOnce(true);
    assertThat(bench.records().definition()).contains("by " + made.indexOf(true));
  }

  @Clause
  @Order(Clause.FIRST)
  default void p843_answersScoresInTheOrderAsked() {
    Bench bench = bench();
    Version version = bench.next();
    bench.add(FIRST, new EntryRef("a", version, 1.5), new EntryRef("b", version, -2));
    bench.add(RANGE, new EntryRef("a", version, 1e300));

    assertThat(
            bench
                .indexes()
                .scores(
                    List.of(
                        new IndexEntry(FIRST, new EntryRef("b", version, 77)),
                        new IndexEntry(RANGE, new EntryRef("a", version, 77)),
                        new IndexEntry(FIRST, new EntryRef("a", version, 77)))))
        .containsExactly(-2.0, 1e300, 1.5);
    assertThat(bench.indexes().scores(List.of())).isEmpty();
  }

  @Clause
  @Order(Clause.FIRST)
  default void p844_anEntryThatIsNotThereHasNoScore() {
    Bench bench = bench();
    Version version = bench.next();
    bench.add(FIRST, new EntryRef("a", version, 1));

    assertThat(
            bench
                .indexes()
                .scores(
                    List.of(
                        new IndexEntry(FIRST, new EntryRef("a", bench.next(), 1)),
                        new IndexEntry(FIRST, new EntryRef("b", version, 1)),
                        new IndexEntry(SECOND, new EntryRef("a", version, 1)))))
        .containsExactly(null, null, null);
  }

  @Clause
  @Order(Clause.FIRST)
  default void p845_listsEveryTermThatHasEntries() {
    Bench bench = bench();
    List<IndexTerm> terms =
        new ArrayList<>(
            List.of(
                FIRST,
                SECOND,
                RANGE,
                IndexTerm.range("kind"),
                IndexTerm.exact("kin", "d:first"),
                IndexTerm.exact("kind", ""),
                IndexTerm.exact("kind", "a:b*c?[d]\\e"),
                IndexTerm.exact("kind", "line\nbreak \u20ac \ud83d\ude00 \u0000")));
    for (int i = 0; i < 40; i++) {
      terms.add(IndexTerm.exact("many", "value " + i));
    }
    terms.forEach(term -> bench.add(term, new EntryRef("a", bench.next(), 1)));

    assertThat(all(bench, 10)).containsExactlyInAnyOrderElementsOf(terms);
    assertThat(all(bench, 1)).containsExactlyInAnyOrderElementsOf(terms);
    assertThat(all(bench, 100_000)).containsExactlyInAnyOrderElementsOf(terms);
  }

  @Clause
  @Order(Clause.FIRST)
  default void p846_aTermWithoutEntriesIsNotListed() {
    Bench bench = bench();
    EntryRef ref = new EntryRef("a", bench.next(), 1);
    assertThat(all(bench, 10)).isEmpty();
    bench.add(FIRST, ref);
    bench.add(SECOND, ref);

    bench.removeEntries(FIRST, ref);

    assertThat(all(bench, 10)).containsExactly(SECOND);
  }

  @Clause
  @Order(Clause.FIRST)
  default void p847_aListedTermCanBeReadAndEmptied() {
    Bench bench = bench();
    List<String> values = List.of("x".repeat(5_000), "\u00e4".repeat(200), "~tilde", "lone \ud800");
    for (String value : values) {
      bench.add(IndexTerm.exact("kind", value), new EntryRef(value.length() + "", bench.next(), 1));
    }

    Set<IndexTerm> listed = all(bench, 10);
    assertThat(listed).hasSize(values.size());
    for (IndexTerm term : listed) {
      List<EntryRef> entries = IndexClauses.all(bench, term);
      assertThat(entries).as("entries of %s", term).hasSize(1);
      bench.removeEntries(term, entries.get(0));
    }
    assertThat(all(bench, 10)).isEmpty();
    for (String value : values) {
      assertThat(IndexClauses.all(bench, IndexTerm.exact("kind", value))).isEmpty();
    }
  }

  @Clause
  @Order(Clause.FIRST)
  default void p848_termsOfOtherStoresAreNotListed() {
    Bench bench = bench();
    Bench neighbour = bench.neighbour(bench.name() + "-x");
    bench.add(FIRST, new EntryRef("a", bench.next(), 1));
    neighbour.add(SECOND, new EntryRef("a", bench.next(), 1));

    assertThat(all(bench, 10)).containsExactly(FIRST);
    assertThat(all(neighbour, 10)).containsExactly(SECOND);
  }

  @Clause
  @Order(Clause.FIRST)
  default void p849_termsThatStayAreListedWhileOthersComeAndGo() {
    Bench bench = bench();
    Set<IndexTerm> staying = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      IndexTerm term = IndexTerm.exact("staying", "value " + i);
      staying.add(term);
      bench.add(term, new EntryRef("a", bench.next(), 1));
    }

    Race.all(
        thread -> {
          if (thread < 2) {
            for (int round = 0; round < 5; round++) {
              assertThat(all(bench, 7)).containsAll(staying);
            }
          } else {
            for (int i = 0; i < 40; i++) {
              IndexTerm term = IndexTerm.exact("moving", thread + " " + i);
              EntryRef ref = new EntryRef("a", bench.next(), 1);
              bench.add(term, ref);
              bench.removeEntries(term, ref);
            }
          }
        });

    assertThat(all(bench, 10)).isEqualTo(staying);
  }

  private static Set<IndexTerm> all(Bench bench, int hint) {
    Set<IndexTerm> all = new HashSet<>();
    String position = ScanPage.START;
    while (position != null) {
      TermPage page = bench.indexes().terms(position, hint);
      all.addAll(page.terms());
      position = page.next();
    }
    return all;
  }
}
