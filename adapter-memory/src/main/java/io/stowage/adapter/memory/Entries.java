package io.stowage.adapter.memory;

import io.stowage.api.Version;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePSet;

/**
 * The entries of one index term at one moment, in order. Immutable: a change answers other entries,
 * which share most of their tree with these. Every step costs the logarithm of their number, and
 * what it answers.
 */
final class Entries {

  /** By id and version, whatever the score; the version first, since it differs nearly always. */
  private static final Comparator<EntryRef> BY_ITEM =
      (left, right) -> {
        int byVersion = left.version().compareTo(right.version());
        return byVersion != 0 ? byVersion : left.id().compareTo(right.id());
      };

  private static final String FIRST_ID = "";
  private static final Version FIRST_VERSION = new Version(0);

  private final IndexTerm term;
  private final TreePSet<EntryRef> ordered;

  /** The same entries, to find one whose score is not known. */
  private final TreePSet<EntryRef> byItem;

  private Entries(IndexTerm term, TreePSet<EntryRef> ordered, TreePSet<EntryRef> byItem) {
    this.term = term;
    this.ordered = ordered;
    this.byItem = byItem;
  }

  /** A term without entries. */
  static Entries none(IndexTerm term) {
    return new Entries(term, TreePSet.empty(), TreePSet.empty(BY_ITEM));
  }

  /** The term; the same object for as long as it has entries. */
  IndexTerm term() {
    return term;
  }

  /** These entries with one more, or with one at its new score. */
  Entries with(EntryRef ref) {
    TreePSet<EntryRef> more = byItem.plus(ref);
    if (more.size() > byItem.size()) {
      return new Entries(term, ordered.plus(ref), more);
    }
    EntryRef held = held(ref);
    return ref.equals(held) ? this : without(ref).with(ref);
  }

  /** These entries without one, whatever its score. */
  Entries without(EntryRef ref) {
    TreePSet<EntryRef> fewer = byItem.minus(ref);
    if (fewer.size() == byItem.size()) {
      return this;
    }
    TreePSet<EntryRef> left = ordered.minus(ref);
    return new Entries(
        term,
        left.size() < ordered.size() ? left : ordered.minus(Objects.requireNonNull(held(ref))),
        fewer);
  }

  private @Nullable EntryRef held(EntryRef ref) {
    EntryRef next = byItem.ceiling(ref);
    return next != null && BY_ITEM.compare(next, ref) == 0 ? next : null;
  }

  boolean contains(EntryRef ref) {
    return byItem.contains(ref);
  }

  /** The score that an entry has here; null if it is not here. */
  @Nullable Double score(EntryRef ref) {
    EntryRef held = held(ref);
    return held == null ? null : held.score();
  }

  int size() {
    return ordered.size();
  }

  /** How many entries a range has. */
  int size(IndexRange range) {
    return within(range).size();
  }

  /** The first entries of a range after a place. */
  List<EntryRef> read(IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
    TreePSet<EntryRef> found = behind(within(range), direction, after);
    int count = Math.max(0, Math.min(limit, found.size()));
    List<EntryRef> read = new ArrayList<>(count);
    Iterator<EntryRef> next = in(direction, found).iterator();
    while (read.size() < count) {
      read.add(next.next());
    }
    return read;
  }

  /** The entries that all the others have too, whatever their score there, in order. */
  List<EntryRef> sharedWith(List<Entries> others, Direction direction) {
    List<EntryRef> shared = new ArrayList<>();
    for (EntryRef ref : in(direction, ordered)) {
      if (others.stream().allMatch(other -> other.contains(ref))) {
        shared.add(ref);
      }
    }
    return shared;
  }

  private TreePSet<EntryRef> within(IndexRange range) {
    TreePSet<EntryRef> from =
        range.min() == Double.NEGATIVE_INFINITY
            ? ordered
            : ordered.tailSet(lowest(range.min()), true);
    return range.max() == Double.POSITIVE_INFINITY
        ? from
        : from.headSet(lowest(Math.nextUp(range.max())), false);
  }

  private static TreePSet<EntryRef> behind(
      TreePSet<EntryRef> entries, Direction direction, @Nullable EntryRef place) {
    if (place == null) {
      return entries;
    }
    return direction == Direction.ASCENDING
        ? entries.tailSet(place, false)
        : entries.headSet(place, false);
  }

  private static TreePSet<EntryRef> in(Direction direction, TreePSet<EntryRef> entries) {
    return direction == Direction.ASCENDING ? entries : entries.descendingSet();
  }

  /** The place before all entries of a score. */
  private static EntryRef lowest(double score) {
    return new EntryRef(FIRST_ID, FIRST_VERSION, score);
  }
}
