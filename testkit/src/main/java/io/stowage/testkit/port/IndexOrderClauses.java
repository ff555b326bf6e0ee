package io.stowage.testkit.port;

import static io.stowage.spi.Direction.ASCENDING;
import static io.stowage.spi.Direction.DESCENDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.testkit.contract.Clause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reading index entries: order, limits, places, bounds and scores. */
interface IndexOrderClauses extends Clauses {

  IndexTerm TERM = IndexTerm.range("size");

  @Clause
  default void p421_ordersByScore() {
    Bench bench = bench();
    List<EntryRef> refs =
        add(bench, refs(bench, 10, -1, 9, 0.5, 1e9, -1e9, 100, 2).toArray(EntryRef[]::new));

    assertThat(read(bench, ASCENDING, null, 100)).isEqualTo(sorted(refs));
    assertThat(read(bench, ASCENDING, null, 100)).extracting(EntryRef::score).isSorted();
  }

  @Clause
  default void p422_ordersEqualScoresByTheBytesOfIds() {
    Bench bench = bench();
    List<String> sortedByBytes =
        Arrays.asList(
            "\0", "A", "B", "a", "a\0", "a\0\0", "a\0b", "a\u0001", "a!", "a:", "aa", "ab", "b",
            "a\u0080", "ÿ", "中", "\ue000", "\uffff", "😀");
    sortedByBytes.sort((x, y) -> Arrays.compareUnsigned(Bench.bytes(x), Bench.bytes(y)));
    for (String id : shuffled(sortedByBytes)) {
      bench.add(TERM, new EntryRef(id, bench.next(), 5));
    }

    assertThat(read(bench, ASCENDING, null, 100))
        .extracting(EntryRef::id)
        .containsExactlyElementsOf(sortedByBytes);
    Collections.reverse(sortedByBytes);
    assertThat(read(bench, DESCENDING, null, 100))
        .extracting(EntryRef::id)
        .containsExactlyElementsOf(sortedByBytes);
  }

  @Clause
  default void p423_ordersEqualIdsByVersionUnsigned() {
    Bench bench = bench();
    long base = bench.next().bits();
    List<Version> versions =
        Stream.of(
                0L,
                1L,
                0x7fff_ffffL,
                0x8000_0000L,
                base,
                base + 1,
                Long.MAX_VALUE,
                Long.MIN_VALUE,
                -1L)
            .map(Version::new)
            .toList();
    for (Version version : shuffled(versions)) {
      bench.add(TERM, new EntryRef("a", version, 5));
    }

    assertThat(read(bench, ASCENDING, null, 100))
        .extracting(EntryRef::version)
        .containsExactlyElementsOf(versions);
  }

  @Clause
  default void p424_descendingIsTheReverse() {
    Bench bench = bench();
    List<EntryRef> refs = add(bench, mixed(bench));

    List<EntryRef> descending = read(bench, DESCENDING, null, 1_000);

    List<EntryRef> expected = sorted(refs);
    Collections.reverse(expected);
    assertThat(descending).isEqualTo(expected);
  }

  @Clause
  default void p425_answersFewerThanTheLimitOnlyAtTheEnd() {
    Bench bench = bench();
    List<EntryRef> refs = sorted(add(bench, mixed(bench)));

    for (int limit : new int[] {1, 2, refs.size() - 1, refs.size(), refs.size() + 1}) {
      int expected = Math.min(limit, refs.size());
      assertThat(read(bench, ASCENDING, null, limit)).isEqualTo(refs.subList(0, expected));
      assertThat(read(bench, DESCENDING, null, limit)).hasSize(expected);
    }
    assertThat(read(bench, ASCENDING, null, Integer.MAX_VALUE)).isEqualTo(refs);
    EntryRef middle = refs.get(10);
    assertThat(read(bench, ASCENDING, middle, Integer.MAX_VALUE))
        .isEqualTo(refs.subList(11, refs.size()));
  }

  @Clause
  default void p426_readsAfterAnEntry() {
    Bench bench = bench();
    List<EntryRef> refs = sorted(add(bench, mixed(bench)));

    for (int i = 0; i < refs.size(); i++) {
      assertThat(read(bench, ASCENDING, refs.get(i), 1_000))
          .as("after %s", refs.get(i))
          .isEqualTo(refs.subList(i + 1, refs.size()));
      List<EntryRef> before = new ArrayList<>(refs.subList(0, i));
      Collections.reverse(before);
      assertThat(read(bench, DESCENDING, refs.get(i), 1_000))
          .as("before %s", refs.get(i))
          .isEqualTo(before);
    }
  }

  @Clause
  default void p427_readsAfterAPlaceWhereNoEntryIs() {
    Bench bench = bench();
    Version low = bench.next();
    Version middle = bench.next();
    Version high = bench.next();
    EntryRef first = new EntryRef("b", low, 5);
    EntryRef second = new EntryRef("b", high, 5);
    EntryRef third = new EntryRef("d", middle, 5);
    bench.add(TERM, first, second, third);

    assertThat(read(bench, ASCENDING, new EntryRef("b", middle, 5), 10))
        .containsExactly(second, third);
    assertThat(read(bench, DESCENDING, new EntryRef("b", middle, 5), 10)).containsExactly(first);
    assertThat(read(bench, ASCENDING, new EntryRef("c", low, 5), 10)).containsExactly(third);
    assertThat(read(bench, DESCENDING, new EntryRef("c", low, 5), 10))
        .containsExactly(second, first);
    assertThat(read(bench, ASCENDING, new EntryRef("z", low, 4.5), 10))
        .containsExactly(first, second, third);
    assertThat(read(bench, DESCENDING, new EntryRef("z", low, 4.5), 10)).isEmpty();
    assertThat(read(bench, ASCENDING, new EntryRef("a", low, 5.5), 10)).isEmpty();
    assertThat(read(bench, DESCENDING, new EntryRef("a", low, 5.5), 10))
        .containsExactly(third, second, first);
  }

  @Clause
  default void p428_pagesThroughTiesLongerThanAPage() {
    Bench bench = bench();
    List<EntryRef> refs = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      refs.add(new EntryRef("id-" + i % 60, bench.next(), i < 10 ? 1 : i < 120 ? 2 : 3));
    }
    List<EntryRef> expected = sorted(add(bench, refs.toArray(EntryRef[]::new)));

    assertThat(paged(bench, IndexRange.all(TERM), ASCENDING, 7)).isEqualTo(expected);
    assertThat(paged(bench, new IndexRange(TERM, 2, 2), ASCENDING, 7))
        .isEqualTo(expected.subList(10, 120));
    Collections.reverse(expected);
    assertThat(paged(bench, IndexRange.all(TERM), DESCENDING, 7)).isEqualTo(expected);
    assertThat(paged(bench, IndexRange.all(TERM), DESCENDING, 1)).isEqualTo(expected);
  }

  @Clause
  default void p429_aPlaceOutsideTheRangeKeepsTheBounds() {
    Bench bench = bench();
    List<EntryRef> refs = add(bench, refs(bench, 1, 2, 3, 4, 5).toArray(EntryRef[]::new));
    IndexRange range = new IndexRange(TERM, 2, 4);
    EntryRef before = new EntryRef("x", bench.next(), 0);
    EntryRef behind = new EntryRef("x", bench.next(), 9);

    assertThat(bench.indexes().read(range, ASCENDING, before, 10)).isEqualTo(refs.subList(1, 4));
    assertThat(bench.indexes().read(range, ASCENDING, behind, 10)).isEmpty();
    assertThat(bench.indexes().read(range, DESCENDING, behind, 10))
        .containsExactly(refs.get(3), refs.get(2), refs.get(1));
    assertThat(bench.indexes().read(range, DESCENDING, before, 10)).isEmpty();
    assertThat(bench.indexes().read(range, ASCENDING, refs.get(2), 10))
        .containsExactly(refs.get(3));
    assertThat(bench.indexes().read(range, DESCENDING, refs.get(2), 10))
        .containsExactly(refs.get(1));
  }

  @Clause
  default void p430_boundsAreIncluded() {
    Bench bench = bench();
    List<EntryRef> refs = add(bench, refs(bench, 1, 2, 2.5, 3, 4).toArray(EntryRef[]::new));

    assertRange(bench, 2, 3, refs.subList(1, 4));
    assertRange(bench, 2, 2, refs.subList(1, 2));
    assertRange(bench, Math.nextUp(2d), Math.nextDown(3d), refs.subList(2, 3));
    assertRange(bench, 1.5, 1.75, List.of());
    assertRange(bench, 3, 2, List.of());
    assertRange(bench, Double.NEGATIVE_INFINITY, 2, refs.subList(0, 2));
    assertRange(bench, 3, Double.POSITIVE_INFINITY, refs.subList(3, 5));
  }

  @Clause
  default void p431_infiniteScoresAreScores() {
    Bench bench = bench();
    List<EntryRef> refs =
        add(
            bench,
            refs(
                    bench,
                    Double.NEGATIVE_INFINITY,
                    -Double.MAX_VALUE,
                    0,
                    Double.MAX_VALUE,
                    Double.POSITIVE_INFINITY)
                .toArray(EntryRef[]::new));

    assertRange(bench, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, refs);
    assertRange(bench, -Double.MAX_VALUE, Double.MAX_VALUE, refs.subList(1, 4));
    assertRange(bench, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, refs.subList(4, 5));
    assertRange(bench, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, refs.subList(0, 1));
    assertThat(read(bench, ASCENDING, refs.get(0), 10)).isEqualTo(refs.subList(1, 5));
    assertThat(read(bench, DESCENDING, refs.get(4), 1)).containsExactly(refs.get(3));
    assertThat(read(bench, ASCENDING, refs.get(4), 10)).isEmpty();
  }

  @Clause
  default void p432_negativeZeroIsZero() {
    Bench bench = bench();
    EntryRef a = new EntryRef("a", bench.next(), -0.0);
    EntryRef b = new EntryRef("b", bench.next(), 0.0);
    add(bench, b, a);

    assertRange(bench, -0.0, -0.0, List.of(a, b));
    assertRange(bench, 0.0, 0.0, List.of(a, b));
    assertRange(bench, 0.0, 1, List.of(a, b));
    assertRange(bench, -1, -0.0, List.of(a, b));
    assertThat(read(bench, ASCENDING, new EntryRef("a", a.version(), 0.0), 10)).containsExactly(b);
  }

  @Clause
  default void p433_scoresAreExactDoubles() {
    Bench bench = bench();
    double big = 1L << 53;
    double[] scores =
        DoubleStream.of(
                -1e300,
                -big,
                -0.1,
                Double.MIN_VALUE,
                1e-7,
                0.1,
                0.1 + 0.2,
                1 / 3d,
                1,
                Math.nextUp(1d),
                1_795_300_000_123_456d,
                big - 1,
                big,
                big + 2,
                1e17,
                1e300)
            .sorted()
            .toArray();
    List<EntryRef> refs = add(bench, refs(bench, scores).toArray(EntryRef[]::new));

    assertThat(read(bench, ASCENDING, null, 100)).isEqualTo(refs);
    for (EntryRef ref : refs) {
      assertRange(bench, ref.score(), ref.score(), List.of(ref));
    }
    assertThat(paged(bench, IndexRange.all(TERM), ASCENDING, 3)).isEqualTo(refs);
  }

  @Clause
  default void p434_severalReadsAreAnsweredLikeSingleOnes() {
    Bench bench = bench();
    List<EntryRef> refs = sorted(add(bench, mixed(bench)));
    IndexTerm exact = IndexTerm.exact("color", "red");
    EntryRef red = new EntryRef("a", bench.next(), 1);
    bench.add(exact, red);
    List<IndexRead> reads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Direction direction = i % 2 == 0 ? ASCENDING : DESCENDING;
      EntryRef after = i % 3 == 0 ? null : refs.get(i % refs.size());
      reads.add(new IndexRead(new IndexRange(TERM, -1, i % 4 - 1), direction, after, 1 + i % 9));
      reads.add(new IndexRead(IndexRange.all(IndexTerm.exact("n", "" + i)), direction, null, 5));
    }
    reads.add(new IndexRead(IndexRange.all(exact), DESCENDING, null, 10));

    List<List<EntryRef>> answers = bench.indexes().readAll(reads);

    assertThat(answers).hasSize(101);
    assertThat(answers.get(100)).containsExactly(red);
    assertThat(answers).anyMatch(answer -> answer.size() == 9);
    for (int i = 0; i < reads.size(); i++) {
      IndexRead read = reads.get(i);
      assertThat(answers.get(i))
          .as("%s", read)
          .isEqualTo(
              bench.indexes().read(read.range(), read.direction(), read.after(), read.limit()));
    }
  }

  private static List<EntryRef> add(Bench bench, EntryRef... refs) {
    List<EntryRef> given = List.of(refs);
    bench.indexes().add(shuffled(given).stream().map(ref -> new IndexEntry(TERM, ref)).toList());
    return given;
  }

  private static List<EntryRef> refs(Bench bench, double... scores) {
    return List.of(IndexClauses.refs(bench, scores));
  }

  /** Entries with equal scores, equal ids, and both different. */
  private static EntryRef[] mixed(Bench bench) {
    return IntStream.range(0, 40)
        .mapToObj(i -> new EntryRef("id-" + i % 7, bench.next(), i % 5 - 2))
        .toArray(EntryRef[]::new);
  }

  private static List<EntryRef> sorted(List<EntryRef> refs) {
    List<EntryRef> sorted = new ArrayList<>(refs);
    sorted.sort(Comparator.naturalOrder());
    return sorted;
  }

  /** In another order, the same in every run. */
  private static <T> List<T> shuffled(List<T> given) {
    List<T> shuffled = new ArrayList<>(given);
    Collections.shuffle(shuffled, new Random(42));
    return shuffled;
  }

  private static List<EntryRef> read(
      Bench bench, Direction direction, @Nullable EntryRef after, int limit) {
    return bench.indexes().read(IndexRange.all(TERM), direction, after, limit);
  }

  private static List<EntryRef> paged(
      Bench bench, IndexRange range, Direction direction, int limit) {
    List<EntryRef> read = new ArrayList<>();
    EntryRef after = null;
    while (read.size() <= 1_000) {
      List<EntryRef> page = bench.indexes().read(range, direction, after, limit);
      assertThat(page).as("page after %s", after).hasSizeLessThanOrEqualTo(limit);
      read.addAll(page);
      if (page.size() < limit) {
        return read;
      }
      after = page.get(page.size() - 1);
    }
    throw new AssertionError("paging does not end; so far: " + read);
  }

  private static void assertRange(Bench bench, double min, double max, List<EntryRef> expected) {
    IndexRange range = new IndexRange(TERM, min, max);
    List<EntryRef> reversed = new ArrayList<>(expected);
    Collections.reverse(reversed);
    assertThat(bench.indexes().read(range, ASCENDING, null, 100))
        .as("%s", range)
        .isEqualTo(expected);
    assertThat(bench.indexes().read(range, DESCENDING, null, 100))
        .as("%s", range)
        .isEqualTo(reversed);
    assertThat(bench.indexes().sizes(List.of(range)))
        .as("size of %s", range)
        .containsExactly((long) expected.size());
  }
}
