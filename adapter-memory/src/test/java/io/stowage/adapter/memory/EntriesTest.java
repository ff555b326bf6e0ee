package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.stowage.api.Version;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EntriesTest {

  private static final IndexTerm TERM = IndexTerm.range("n");

  private static EntryRef ref(String id, long version, double score) {
    return new EntryRef(id, new Version(version), score);
  }

  private static List<EntryRef> all(Entries entries) {
    return entries.read(IndexRange.all(TERM), Direction.ASCENDING, null, Integer.MAX_VALUE);
  }

  /** Every state is kept and looked at again at the end: a later change must not show in it. */
  @Test
  void everyStateStaysAsItWas() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("everyStateStaysAsItWas seed " + seed);
    Random random = new Random(seed);
    Entries entries = Entries.none(TERM);
    TreeSet<EntryRef> model = new TreeSet<>();
    List<Entries> states = new ArrayList<>();
    List<List<EntryRef>> expected = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      EntryRef ref = ref("id" + random.nextInt(8), random.nextInt(8) - 4, random.nextInt(6));
      model.removeIf(r -> r.id().equals(ref.id()) && r.version().equals(ref.version()));
      if (random.nextInt(5) < 3) {
        entries = entries.with(ref);
        model.add(ref);
      } else {
        entries = entries.without(ref);
      }
      states.add(entries);
      expected.add(List.copyOf(model));
    }

    for (int i = 0; i < states.size(); i++) {
      Entries state = states.get(i);
      assertThat(all(state)).as("seed %d, step %d", seed, i).isEqualTo(expected.get(i));
      assertThat(state.size()).as("seed %d, step %d", seed, i).isEqualTo(expected.get(i).size());
      for (EntryRef ref : expected.get(i)) {
        EntryRef asked = ref(ref.id(), ref.version().bits(), 99);
        assertThat(state.score(asked)).isEqualTo(ref.score());
        assertThat(state.contains(asked)).isTrue();
      }
    }
  }

  @Test
  void sizesOfRangesAreThoseOfWhatIsRead() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("sizesOfRangesAreThoseOfWhatIsRead seed " + seed);
    Random random = new Random(seed);
    Entries entries = Entries.none(TERM);
    for (int i = 0; i < 500; i++) {
      entries = entries.with(ref("id" + i, i, random.nextInt(40)));
    }
    double[] bounds = {
      Double.NEGATIVE_INFINITY,
      -1,
      -0.0,
      0,
      7,
      7.5,
      39,
      40,
      Double.MAX_VALUE,
      Double.POSITIVE_INFINITY
    };
    for (double min : bounds) {
      for (double max : bounds) {
        IndexRange range = new IndexRange(TERM, min, max);
        assertThat(entries.size(range))
            .as("seed %d, %s to %s", seed, min, max)
            .isEqualTo(
                (int)
                    all(entries).stream().filter(r -> r.score() >= min && r.score() <= max).count())
            .isEqualTo(entries.read(range, Direction.DESCENDING, null, 1_000).size());
      }
    }
  }

  @Test
  void whatChangesNothingAnswersTheSameEntries() {
    Entries entries = Entries.none(TERM).with(ref("a", 1, 1));

    assertThat(entries.with(ref("a", 1, 1))).isSameAs(entries);
    assertThat(entries.without(ref("a", 2, 1))).isSameAs(entries);
    assertThat(entries.with(ref("a", 1, 2))).isNotSameAs(entries);
  }

  /** A walk over half of the entries for each size would take minutes here. */
  @Test
  void theSizeOfARangeCostsNoWalk() {
    List<EntryRef> refs = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      refs.add(ref("id" + i, i, i));
    }
    Collections.shuffle(refs, new Random(1));
    Entries entries = Entries.none(TERM);
    for (EntryRef ref : refs) {
      entries = entries.with(ref);
    }
    Entries full = entries;

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 50_000; i++) {
            assertThat(full.size(new IndexRange(TERM, i, i + 49_999))).isEqualTo(50_000);
          }
        });
  }
}
