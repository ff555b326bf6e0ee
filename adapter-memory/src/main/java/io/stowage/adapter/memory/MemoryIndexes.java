package io.stowage.adapter.memory;

import io.stowage.api.IndexKind;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The index entries of one store in the heap, by term. A term without entries takes no memory. */
final class MemoryIndexes implements IndexPort, IntersectionPort {

  private final ConcurrentHashMap<IndexTerm, TermEntries> terms = new ConcurrentHashMap<>();
  private final Lifetime lifetime;

  MemoryIndexes(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  @Override
  public void add(List<IndexEntry> entries) {
    lifetime.requireOpen();
    entries.forEach(this::add);
  }

  private void add(IndexEntry entry) {
    boolean added = false;
    while (!added) {
      added = terms.computeIfAbsent(entry.term(), term -> new TermEntries()).add(entry.ref());
    }
  }

  @Override
  public void remove(List<IndexEntry> entries) {
    lifetime.requireOpen();
    for (IndexEntry entry : entries) {
      IndexTerm term = entry.term();
      TermEntries held = terms.get(term);
      if (held != null && held.remove(entry.ref())) {
        held.retireIfEmpty(retired -> terms.remove(term, retired));
      }
    }
  }

  @Override
  public List<EntryRef> read(
      IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
    lifetime.requireOpen();
    TermEntries held = terms.get(range.term());
    return held == null ? List.of() : held.read(range, direction, after, limit);
  }

  @Override
  public List<Long> sizes(List<IndexRange> ranges) {
    lifetime.requireOpen();
    List<Long> sizes = new ArrayList<>(ranges.size());
    for (IndexRange range : ranges) {
      TermEntries held = terms.get(range.term());
      sizes.add(held == null ? 0L : held.size(range));
    }
    return sizes;
  }

  /** Walks the smallest term and looks its entries up in the others. */
  @Override
  public List<EntryRef> intersect(List<IndexTerm> asked, Direction direction) {
    lifetime.requireOpen();
    checkIntersection(asked);
    List<TermEntries> held = new ArrayList<>(asked.size());
    for (IndexTerm term : asked) {
      TermEntries entries = terms.get(term);
      if (entries == null) {
        return List.of();
      }
      held.add(entries);
    }
    held.sort(Comparator.comparingLong(TermEntries::size));
    List<TermEntries> others = held.subList(1, held.size());
    return held.get(0)
        .matching(ref -> others.stream().allMatch(other -> other.contains(ref)), direction);
  }

  private static void checkIntersection(List<IndexTerm> asked) {
    boolean isAllowed =
        asked.size() >= 2 && asked.stream().allMatch(term -> term.kind() == IndexKind.EXACT);
    if (!isAllowed) {
      throw new IllegalArgumentException(
          "intersection of " + asked + "; allowed are two or more terms of exact indexes");
    }
  }

  /** How many terms are held. */
  int held() {
    return terms.size();
  }
}
