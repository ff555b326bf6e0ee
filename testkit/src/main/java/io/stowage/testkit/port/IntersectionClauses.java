package io.stowage.testkit.port;

import static io.stowage.spi.Direction.ASCENDING;
import static io.stowage.spi.Direction.DESCENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Intersecting terms in the backend: a capability that an adapter declares or not. */
interface IntersectionClauses extends Clauses {

  IndexTerm RED = IndexTerm.exact("color", "red");
  IndexTerm BIG = IndexTerm.exact("size", "big");
  IndexTerm NEW = IndexTerm.exact("state", "new");

  @Clause
  default void p451_theCapabilityIsDeclaredOnceForAll() {
    Bench bench = bench();
    boolean declared = bench.ports().intersections().isPresent();

    bench.add(RED, new EntryRef("a", bench.next(), 1));
    assertThat(bench.ports().intersections().isPresent()).isEqualTo(declared);
    assertThat(bench().ports().intersections().isPresent())
        .as("intersections of another store")
        .isEqualTo(declared);
  }

  @Clause
  default void p452_intersectsByIdAndVersion() {
    Bench bench = bench();
    IntersectionPort port = port(bench);
    Version old = bench.next();
    EntryRef both = new EntryRef("both", bench.next(), 3);
    EntryRef negative = new EntryRef("negative", bench.next(), -2);
    EntryRef moved = new EntryRef("moved", bench.next(), 4);
    bench.add(RED, both, negative, moved, new EntryRef("red only", bench.next(), 1));
    bench.add(BIG, both, negative, new EntryRef("moved", old, 4));
    bench.add(BIG, new EntryRef("big only", bench.next(), 1));

    assertThat(port.intersect(List.of(RED, BIG), ASCENDING)).containsExactly(negative, both);
    assertThat(port.intersect(List.of(BIG, RED), ASCENDING)).containsExactly(negative, both);
    assertThat(port.intersect(List.of(RED, NEW), ASCENDING)).isEmpty();
  }

  @Clause
  default void p453_intersectsThreeTerms() {
    Bench bench = bench();
    IntersectionPort port = port(bench);
    EntryRef all = new EntryRef("all", bench.next(), 1);
    EntryRef two = new EntryRef("two", bench.next(), 2);
    bench.add(RED, all, two);
    bench.add(BIG, all, two);
    bench.add(NEW, all, new EntryRef("one", bench.next(), 3));

    assertThat(port.intersect(List.of(RED, BIG, NEW), ASCENDING)).containsExactly(all);
    assertThat(port.intersect(List.of(RED, BIG), DESCENDING)).containsExactly(two, all);
  }

  @Clause
  default void p454_answersInTheOrderOfEntries() {
    Bench bench = bench();
    IntersectionPort port = port(bench);
    List<EntryRef> refs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      refs.add(new EntryRef(i % 2 == 0 ? "a" : "a\0" + i % 7, bench.next(), i % 5 - 2));
    }
    bench.add(RED, refs.toArray(EntryRef[]::new));
    Collections.reverse(refs);
    bench.add(BIG, refs.toArray(EntryRef[]::new));
    Collections.sort(refs);

    assertThat(port.intersect(List.of(RED, BIG), ASCENDING)).isEqualTo(refs);
    Collections.reverse(refs);
    assertThat(port.intersect(List.of(RED, BIG), DESCENDING)).isEqualTo(refs);
  }

  private static IntersectionPort port(Bench bench) {
    return bench
        .ports()
        .intersections()
        .orElseThrow(() -> new TestAbortedException("the adapter declares no intersections"));
  }
}
