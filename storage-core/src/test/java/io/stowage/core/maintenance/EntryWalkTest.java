package io.stowage.core.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Version;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryWalkTest {

  private final Backend backend = new Backend(new TestClock());
  private final IndexPort indexes = backend.store("things").indexes();

  private List<IndexEntry> fill(IndexTerm term, int entries) {
    List<IndexEntry> all =
        IntStream.range(0, entries)
            .mapToObj(i -> new IndexEntry(term, new EntryRef("i" + i, Version.of(i + 1, 0), i)))
            .toList();
    backend.undisturbed().store("things").indexes().add(all);
    return all;
  }

  private static List<IndexEntry> rest(EntryWalk walk, int limit) {
    List<IndexEntry> all = new ArrayList<>();
    while (!walk.isDone()) {
      List<IndexEntry> next = walk.next(limit);
      assertThat(next).hasSizeLessThanOrEqualTo(limit);
      all.addAll(next);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 50, 1_000})
  void everyEntryIsMetOnce(int limit) {
    List<IndexEntry> all = new ArrayList<>(fill(IndexTerm.range("size"), 130));
    IntStream.range(0, 70).forEach(i -> all.addAll(fill(IndexTerm.exact("kind", "k" + i), i % 5)));
    all.addAll(fill(IndexTerm.exact("kind", "big"), 61));
    EntryWalk walk = new EntryWalk(indexes, 50, term -> true);

    assertThat(rest(walk, limit)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(walk.terms()).isEqualTo(1 + 1 + 56);
  }

  @Test
  void entriesOfAnEmptyStoreAreNone() {
    assertThat(rest(new EntryWalk(indexes, 50, term -> true), 50)).isEmpty();
  }

  @Test
  void onlyWantedTermsAreWalked() {
    fill(IndexTerm.exact("kind", "a"), 20);
    List<IndexEntry> sizes = fill(IndexTerm.range("size"), 20);

    assertThat(rest(new EntryWalk(indexes, 7, term -> term.index().equals("size")), 7))
        .containsExactlyElementsOf(sizes);
  }

  @Test
  void entriesMayBeRemovedBehindTheWalk() {
    List<IndexEntry> all = fill(IndexTerm.range("size"), 300);
    EntryWalk walk = new EntryWalk(indexes, 20, term -> true);
    List<IndexEntry> met = new ArrayList<>();
    while (!walk.isDone()) {
      List<IndexEntry> next = walk.next(20);
      indexes.remove(next);
      met.addAll(next);
    }

    assertThat(met).containsExactlyElementsOf(all);
  }

  @Test
  void manySmallTermsAreReadTogether() {
    IntStream.range(0, 1_000).forEach(i -> fill(IndexTerm.exact("kind", "k" + i), 1));
    backend.disturbance().forgetCalls();

    assertThat(rest(new EntryWalk(indexes, 800, term -> true), 800)).hasSize(1_000);
    assertThat(backend.disturbance().count(Call.READ_ENTRIES)).isEqualTo(10);
  }

  @Test
  void aFailedReadLosesNothing() {
    List<IndexEntry> all = fill(IndexTerm.range("size"), 30);
    EntryWalk walk = new EntryWalk(indexes, 10, term -> true);
    List<IndexEntry> met = new ArrayList<>(walk.next(10));
    backend
        .disturbance()
        .before(
            Call.READ_ENTRIES,
            () -> {
              throw AdapterException.unavailable("down", null);
            });

    assertThatThrownBy(() -> walk.next(10)).hasMessage("down");
    met.addAll(rest(walk, 10));
    assertThat(met).containsExactlyElementsOf(all);
  }
}
