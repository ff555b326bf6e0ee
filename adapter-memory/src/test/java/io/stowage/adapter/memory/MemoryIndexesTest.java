package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Version;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.ScanPage;
import io.stowage.spi.TermPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class MemoryIndexesTest {

  private static final IndexTerm TERM = IndexTerm.exact("type", "user");
  private static final IndexTerm OTHER = IndexTerm.exact("type", "bot");
  private static final IndexTerm RANGE = IndexTerm.range("turn");

  private final MemoryIndexes indexes = new MemoryIndexes(new Lifetime());

  private static EntryRef ref(String id, long version, double score) {
    return new EntryRef(id, new Version(version), score);
  }

  private void add(IndexTerm term, EntryRef... refs) {
    for (EntryRef ref : refs) {
      indexes.add(List.of(new IndexEntry(term, ref)));
    }
  }

  private void remove(IndexTerm term, EntryRef ref) {
    indexes.remove(List.of(new IndexEntry(term, ref)));
  }

  private List<EntryRef> all(IndexTerm term) {
    return indexes.read(IndexRange.all(term), Direction.ASCENDING, null, Integer.MAX_VALUE);
  }

  private List<EntryRef> read(double min, double max, Direction direction, EntryRef after) {
    return indexes.read(new IndexRange(RANGE, min, max), direction, after, 100);
  }

  @Test
  void ordersByScoreThenBytesOfTheIdThenVersion() {
    EntryRef low = ref("z", 1, Double.NEGATIVE_INFINITY);
    EntryRef bmp = ref("\uffff", 1, 0);
    EntryRef astral = ref("\ud800\udc00", 1, -0.0);
    EntryRef older = ref("b", 5, 2);
    EntryRef newer = ref("b", -1, 2);
    EntryRef high = ref("a", 1, Double.POSITIVE_INFINITY);
    add(TERM, high, newer, astral, low, older, bmp);

    assertThat(all(TERM)).containsExactly(low, bmp, astral, older, newer, high);
    assertThat(indexes.read(IndexRange.all(TERM), Direction.DESCENDING, null, 3))
        .containsExactly(high, newer, older);
  }

  @Test
  void addingAgainGivesTheNewScore() {
    add(TERM, ref("a", 1, 1), ref("a", 1, 1), ref("a", 1, 7), ref("a", 2, 3));

    assertThat(all(TERM)).containsExactly(ref("a", 2, 3), ref("a", 1, 7));
    assertThat(indexes.sizes(List.of(IndexRange.all(TERM)))).containsExactly(2L);
  }

  @Test
  void removesWhateverTheScoreAndPassesOverWhatIsNotThere() {
    add(TERM, ref("a", 1, 1), ref("a", 2, 1));
    remove(TERM, ref("a", 1, 99));
    remove(TERM, ref("a", 3, 1));
    remove(OTHER, ref("a", 2, 1));

    assertThat(all(TERM)).containsExactly(ref("a", 2, 1));
  }

  @Test
  void anEmptyTermTakesNoMemory() {
    add(TERM, ref("a", 1, 1));
    add(OTHER, ref("a", 1, 1));
    assertThat(indexes.held()).isEqualTo(2);
    remove(TERM, ref("a", 1, 1));

    assertThat(indexes.held()).isEqualTo(1);
    assertThat(all(TERM)).isEmpty();
    add(TERM, ref("b", 1, 1));
    assertThat(all(TERM)).containsExactly(ref("b", 1, 1));
  }

  @Test
  void bothBoundsAreIncluded() {
    add(RANGE, ref("a", 1, 1), ref("b", 1, 2), ref("c", 1, 2), ref("d", 1, 3));
    Direction up = Direction.ASCENDING;

    assertThat(read(2, 2, up, null)).containsExactly(ref("b", 1, 2), ref("c", 1, 2));
    assertThat(read(2, 2, Direction.DESCENDING, null))
        .containsExactly(ref("c", 1, 2), ref("b", 1, 2));
    assertThat(read(1, 3, up, null)).hasSize(4);
    assertThat(read(3, 1, up, null)).isEmpty();
    assertThat(read(3, 1, Direction.DESCENDING, null)).isEmpty();
    assertThat(read(Math.nextUp(2), Double.MAX_VALUE, up, null)).containsExactly(ref("d", 1, 3));
    assertThat(indexes.sizes(List.of(range(2, 3), range(2, 2), range(9, 9), range(3, 1))))
        .containsExactly(3L, 2L, 0L, 0L);
    assertThat(indexes.sizes(List.of(IndexRange.all(TERM)))).containsExactly(0L);
  }

  private static IndexRange range(double min, double max) {
    return new IndexRange(RANGE, min, max);
  }

  @Test
  void greatestFiniteBoundLeavesInfinityOut() {
    add(RANGE, ref("a", 1, Double.MAX_VALUE), ref("b", 1, Double.POSITIVE_INFINITY));

    assertThat(read(0, Double.MAX_VALUE, Direction.ASCENDING, null))
        .containsExactly(ref("a", 1, Double.MAX_VALUE));
  }

  @Test
  void aLimitOfNoneReadsNothing() {
    add(RANGE, ref("a", 1, 1));

    assertThat(indexes.read(IndexRange.all(RANGE), Direction.ASCENDING, null, 0)).isEmpty();
  }

  @Test
  void readsLikeASortedListThatIsCut() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("readsLikeASortedListThatIsCut seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      MemoryIndexes fresh = new MemoryIndexes(new Lifetime());
      TreeSet<EntryRef> model = new TreeSet<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        EntryRef ref = randomRef(random);
        model.removeIf(r -> r.id().equals(ref.id()) && r.version().equals(ref.version()));
        model.add(ref);
        fresh.add(List.of(new IndexEntry(RANGE, ref)));
      }
      for (int i = 0; i < 50; i++) {
        double min = bound(random, Double.NEGATIVE_INFINITY);
        double max = bound(random, Double.POSITIVE_INFINITY);
        EntryRef after = random.nextBoolean() ? null : randomRef(random);
        Direction direction = random.nextBoolean() ? Direction.ASCENDING : Direction.DESCENDING;
        int limit = 1 + random.nextInt(10);
        assertThat(fresh.read(range(min, max), direction, after, limit))
            .as("seed %d, %s to %s, %s after %s, limit %d", seed, min, max, direction, after, limit)
            .isEqualTo(expected(model, min, max, direction, after, limit));
      }
    }
  }

  private static double bound(Random random, double infinity) {
    return random.nextInt(4) == 0 ? infinity : random.nextInt(6);
  }

  private static EntryRef randomRef(Random random) {
    String id = List.of("", "a", "b", "\uffff", "\ud800\udc00").get(random.nextInt(5));
    return ref(id, random.nextInt(4) - 2, random.nextInt(5));
  }

  private static List<EntryRef> expected(
      Set<EntryRef> model, double min, double max, Direction direction, EntryRef after, int limit) {
    List<EntryRef> ordered = new ArrayList<>(model);
    if (direction == Direction.DESCENDING) {
      Collections.reverse(ordered);
    }
    int sign = direction == Direction.ASCENDING ? 1 : -1;
    return ordered.stream()
        .filter(ref -> ref.score() >= min && ref.score() <= max)
        .filter(ref -> after == null || ref.compareTo(after) * sign > 0)
        .limit(limit)
        .toList();
  }

  @Test
  void intersectsByIdAndVersion() {
    IndexTerm third = IndexTerm.exact("session", "s");
    add(TERM, ref("a", 1, 1), ref("b", 2, 2), ref("c", 3, 3), ref("d", 4, 4));
    add(OTHER, ref("a", 1, 1), ref("b", 9, 2), ref("c", 3, 3));
    add(third, ref("c", 3, 3), ref("a", 1, 1), ref("x", 1, 0), ref("y", 1, 0), ref("z", 1, 0));

    assertThat(indexes.intersect(List.of(TERM, OTHER, third), Direction.ASCENDING))
        .containsExactly(ref("a", 1, 1), ref("c", 3, 3));
    assertThat(indexes.intersect(List.of(third, TERM), Direction.DESCENDING))
        .containsExactly(ref("c", 3, 3), ref("a", 1, 1));
    assertThat(indexes.intersect(List.of(TERM, IndexTerm.exact("no", "")), Direction.ASCENDING))
        .isEmpty();
  }

  @Test
  void answersTheScoresThatAreHeld() {
    add(TERM, ref("a", 1, 2.5), ref("b", 1, -0.0));
    remove(TERM, ref("b", 1, 0));
    add(RANGE, ref("a", 1, 7));

    assertThat(
            indexes.scores(
                List.of(
                    new IndexEntry(RANGE, ref("a", 1, 99)),
                    new IndexEntry(TERM, ref("a", 1, 99)),
                    new IndexEntry(TERM, ref("a", 2, 2.5)),
                    new IndexEntry(TERM, ref("b", 1, 0)),
                    new IndexEntry(OTHER, ref("a", 1, 2.5)))))
        .containsExactly(7.0, 2.5, null, null, null);
  }

  @Test
  void listsTheTermsThatHaveEntriesPartByPart() {
    List<IndexTerm> terms = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      terms.add(IndexTerm.exact("type", "v" + i));
    }
    terms.add(IndexTerm.exact("a:b", "c"));
    terms.add(IndexTerm.exact("a", "b:c"));
    terms.add(IndexTerm.exact("a", ""));
    terms.add(IndexTerm.range("a"));
    terms.forEach(term -> add(term, ref("a", 1, 0)));
    add(TERM, ref("gone", 1, 0));
    remove(TERM, ref("gone", 1, 0));

    for (int hint : new int[] {0, 1, 7, 28, 29, 30, 1_000_000}) {
      assertThat(terms(hint))
          .as("hint %s", hint)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(terms);
    }
  }

  private List<IndexTerm> terms(int hint) {
    List<IndexTerm> found = new ArrayList<>();
    String from = ScanPage.START;
    while (from != null) {
      TermPage page = indexes.terms(from, hint);
      assertThat(page.terms()).hasSizeLessThanOrEqualTo(Math.max(1, hint));
      found.addAll(page.terms());
      from = page.next();
    }
    return found;
  }

  @Test
  void listsEveryTermThatStaysWhileOthersComeAndGo() throws Exception {
    for (int i = 0; i < 100; i++) {
      add(IndexTerm.exact("stays", "v" + i), ref("a", 1, 0));
    }
    Race.run(
        thread -> {
          for (int i = 0; i < 300; i++) {
            IndexTerm term = IndexTerm.exact("comes", "v" + i % 10);
            if (thread < 4) {
              add(term, ref("t" + thread, 1, 0));
              remove(term, ref("t" + thread, 1, 0));
            } else if (i % 10 == 0) {
              assertThat(terms(7)).filteredOn(t -> t.index().equals("stays")).hasSize(100);
            }
          }
        });
    assertThat(terms(10)).hasSize(100);
    assertThat(indexes.held()).isEqualTo(100);
  }

  @Test
  void refusesToIntersectOneTermOrRanges() {
    for (List<IndexTerm> refused : List.of(List.of(TERM), List.of(TERM, RANGE))) {
      assertThatThrownBy(() -> indexes.intersect(refused, Direction.ASCENDING))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("allowed are two or more terms of exact indexes");
    }
  }

  @Test
  void additionsAndRemovalsOfManyThreadsLeaveExactlyWhatShouldBe() throws Exception {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("additionsAndRemovalsOfManyThreadsLeaveExactlyWhatShouldBe seed " + seed);
    Set<EntryRef> expected = ConcurrentHashMap.newKeySet();
    Race.run(
        thread -> {
          Random random = new Random(seed + thread);
          Map<String, EntryRef> own = new HashMap<>();
          for (int i = 0; i < 10_000; i++) {
            String id = thread + "-" + random.nextInt(20);
            if (random.nextBoolean()) {
              EntryRef ref = ref(id, thread, random.nextInt(10));
              add(TERM, ref);
              own.put(id, ref);
            } else {
              remove(TERM, ref(id, thread, 0));
              own.remove(id);
            }
          }
          expected.addAll(own.values());
        });

    assertThat(all(TERM)).as("seed %d", seed).containsExactlyElementsOf(new TreeSet<>(expected));
    assertThat(indexes.sizes(List.of(IndexRange.all(TERM))))
        .containsExactly((long) expected.size());
  }

  @Test
  void aTermThatKeepsBecomingEmptyLosesNoEntry() throws Exception {
    Race.run(
        thread -> {
          for (int i = 0; i < 10_000; i++) {
            EntryRef own = ref("id" + thread, i, 1);
            add(TERM, own);
            assertThat(all(TERM)).contains(own);
            remove(TERM, own);
          }
        });

    assertThat(all(TERM)).isEmpty();
    assertThat(indexes.held()).isZero();
  }

  @Test
  void nobodySeesAnEntryTwiceOrNotAtAllWhileItsScoreChanges() throws Exception {
    EntryRef moving = ref("m", 1, 0);
    add(TERM, ref("a", 1, 3), ref("b", 1, 6), moving);
    Race.run(
        thread -> {
          for (int i = 0; i < 5_000; i++) {
            if (thread == 0) {
              add(TERM, ref("m", 1, i % 10));
            } else {
              List<EntryRef> seen = all(TERM);
              assertThat(seen).hasSize(3);
              assertThat(new HashSet<>(seen.stream().map(EntryRef::id).toList())).hasSize(3);
            }
          }
        });
  }
}
