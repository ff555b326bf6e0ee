package io.stowage.core.query;

import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Tells the entries of one item's version apart that are in several ranges. Used by one thread. */
final class Repetitions {

  private final Predicate<EntryRef> isFirst;

  private Repetitions(Predicate<EntryRef> isFirst) {
    this.isFirst = isFirst;
  }

  /**
   * Repetitions among entries that come in order. In indexes by value an item's version has the
   * same place in all ranges, so repetitions follow one another; in others all entries must be kept
   * in mind.
   */
  static Repetitions among(List<IndexRange> ranges) {
    if (ranges.size() == 1) {
      return new Repetitions(ref -> true);
    }
    boolean isSamePlace = ranges.stream().allMatch(range -> range.term().kind().isByValue());
    if (isSamePlace) {
      EntryRef[] last = new EntryRef[1];
      return new Repetitions(
          ref -> {
            boolean isFirst = !ref.equals(last[0]);
            last[0] = ref;
            return isFirst;
          });
    }
    Set<String> seen = new HashSet<>();
    return new Repetitions(ref -> seen.add(ref.version() + ref.id()));
  }

  boolean isFirst(EntryRef ref) {
    return isFirst.test(ref);
  }
}
