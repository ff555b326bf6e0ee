package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.opentest4j.TestAbortedException;

/** What one call reads is of one moment, whatever is written while it reads. */
interface OneMomentClauses extends Clauses {

  /** How many items there are all the time. */
  int ITEMS = 200;

  /** How often is read, at least. */
  int READS = 40;

  @Clause
  default void p541_oneReadOfARangeSeesOneMoment() throws Exception {
    Bench bench = bench();
    IndexTerm term = IndexTerm.exact("color", "red");
    IndexRange range = IndexRange.all(term);

    whileEntriesAreReplaced(
        bench,
        List.of(term),
        look -> {
          Direction direction = look % 2 == 0 ? Direction.DESCENDING : Direction.ASCENDING;
          List<EntryRef> read =
              look % 4 < 2
                  ? bench.indexes().read(range, direction, null, 10_000)
                  : Bench.only(
                      bench
                          .indexes()
                          .readAll(List.of(new IndexRead(range, direction, null, 10_000))));
          assertOneMoment(read, look);
        });
  }

  @Clause
  default void p542_theSizeOfARangeIsOfOneMoment() throws Exception {
    Bench bench = bench();
    IndexTerm term = IndexTerm.range("n");

    whileEntriesAreReplaced(
        bench,
        List.of(term),
        look ->
            assertThat(
                    bench
                        .indexes()
                        .sizes(List.of(IndexRange.all(term), new IndexRange(term, -1, 1e12))))
                .as("sizes at look %s, of the whole and of a range with all entries", look)
                .allSatisfy(size -> assertThat(size).isBetween((long) ITEMS, ITEMS + 1L)));
  }

  @Clause
  default void p543_anIntersectionIsOfOneMoment() throws Exception {
    Bench bench = bench();
    IntersectionPort port =
        bench
            .ports()
            .intersections()
            .orElseThrow(() -> new TestAbortedException("the adapter declares no intersections"));
    List<IndexTerm> terms =
        List.of(IndexTerm.exact("color", "red"), IndexTerm.exact("size", "big"));

    whileEntriesAreReplaced(
        bench,
        terms,
        look ->
            assertOneMoment(
                port.intersect(terms, look % 2 == 0 ? Direction.DESCENDING : Direction.ASCENDING),
                look));
  }

  @Clause
  default void p550_anItemThatMovesBetweenRangesIsInOneOfThem() throws Exception {
    Bench bench = bench();
    List<IndexTerm> terms =
        IntStream.range(0, 4).mapToObj(i -> IndexTerm.exact("color", "c" + i)).toList();
    for (IndexTerm term : terms) {
      bench
          .indexes()
          .add(List.of(new IndexEntry(term, new EntryRef(term.value(), bench.next(), 1))));
    }
    EntryRef mover = new EntryRef("mover", bench.next(), 2);
    IndexEntry held = new IndexEntry(terms.get(0), mover);
    bench.indexes().add(List.of(held));
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      for (int move = 1; move <= 40; move++) {
        Direction direction = move % 8 < 4 ? Direction.DESCENDING : Direction.ASCENDING;
        IndexEntry from = held;
        IndexEntry to =
            new IndexEntry(terms.get((move * 3) % 4), new EntryRef("mover", bench.next(), 2));
        Future<?> moved =
            writer.submit(
                () -> {
                  bench.indexes().add(List.of(to));
                  bench.indexes().remove(List.of(from));
                });
        List<List<EntryRef>> read =
            bench
                .indexes()
                .readAll(
                    terms.stream()
                        .map(t -> new IndexRead(IndexRange.all(t), direction, null, 100))
                        .toList());
        moved.get(patience().toSeconds(), TimeUnit.SECONDS);
        held = to;
        assertThat(read.stream().flatMap(List::stream).map(EntryRef::id))
            .as("ids at move %s, of an item that is somewhere all the time", move)
            .contains("mover", "c0", "c1", "c2", "c3");
      }
    } finally {
      writer.shutdownNow();
    }
  }

  private static void assertOneMoment(List<EntryRef> read, int look) {
    assertThat(new HashSet<>(read.stream().map(EntryRef::id).toList()))
        .as("ids at look %s; each is there all the time", look)
        .hasSize(ITEMS);
    assertThat(read)
        .as("entries at look %s; at most one item has two at a time", look)
        .hasSizeLessThanOrEqualTo(ITEMS + 1);
  }

  /**
   * Replaces the entries of all items, one item after the other and over and over, while something
   * is read again and again. The later entry of an item comes behind those of all others, and is
   * added to all terms before the earlier one is removed.
   */
  private void whileEntriesAreReplaced(Bench bench, List<IndexTerm> terms, IntConsumer read)
      throws Exception {
    List<EntryRef> held = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      held.add(new EntryRef("id-" + i, bench.next(), i));
    }
    bench.indexes().add(held.stream().flatMap(ref -> inAll(terms, ref).stream()).toList());
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger replaced = new AtomicInteger();
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<?> writes =
          writer.submit(
              () -> {
                while (!done.get()) {
                  int number = replaced.getAndIncrement();
                  int i = number % ITEMS;
                  EntryRef later = new EntryRef("id-" + i, bench.next(), ITEMS + number);
                  bench.indexes().add(inAll(terms, later));
                  bench.indexes().remove(inAll(terms, held.set(i, later)));
                }
              });
      long deadline = System.nanoTime() + patience().toNanos();
      for (int look = 0; look < READS || replaced.get() < ITEMS; look++) {
        assertThat(writes.isDone()).as("the writer ended early").isFalse();
        assertThat(deadline - System.nanoTime()).as("time after %s looks", look).isPositive();
        read.accept(look);
      }
      done.set(true);
      writes.get(patience().toSeconds(), TimeUnit.SECONDS);
    } finally {
      done.set(true);
      writer.shutdownNow();
    }
  }

  private static List<IndexEntry> inAll(List<IndexTerm> terms, EntryRef ref) {
    return terms.stream().map(term -> new IndexEntry(term, ref)).toList();
  }
}
