package io.stowage.adapter.memory;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.TermPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The index entries of one store in the heap, by term. A term without entries takes no memory. */
final class MemoryIndexes implements IndexPort, IntersectionPort {

  private static final int MAX_PAGE = 10_000;

  /** A term and its place in a scan. */
  private record Named(String position, @Nullable IndexTerm held) implements Comparable<Named> {

    static Named of(IndexTerm term) {
      return new Named(
          term.kind() + ":" + term.index().length() + ":" + term.index() + term.value(), term);
    }

    static Named from(String position) {
      return new Named(position, null);
    }

    IndexTerm term() {
      return Objects.requireNonNull(held);
    }

    @Override
    public int compareTo(Named other) {
      return position.compareTo(other.position);
    }
  }

  private final ConcurrentHashMap<IndexTerm, TermEntries> terms = new ConcurrentHashMap<>();

  /** The terms in the order of scans; changes with {@code terms} in one atomic step a term. */
  private final ConcurrentSkipListSet<Named> names = new ConcurrentSkipListSet<>();

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
      added = terms.computeIfAbsent(entry.term(), this::begin).add(entry.ref());
    }
  }

  private TermEntries begin(IndexTerm term) {
    names.add(Named.of(term));
    return new TermEntries();
  }

  private void end(IndexTerm term, TermEntries retired) {
    terms.computeIfPresent(
        term,
        (key, held) -> {
          if (held != retired) {
            return held;
          }
          names.remove(Named.of(term));
          return null;
        });
  }

  @Override
  public void remove(List<IndexEntry> entries) {
    lifetime.requireOpen();
    for (IndexEntry entry : entries) {
      IndexTerm term = entry.term();
      TermEntries held = terms.get(term);
      if (held != null && held.remove(entry.ref())) {
        held.retireIfEmpty(retired -> end(term, retired));
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

  @Override
  public List<@Nullable Double> scores(List<IndexEntry> entries) {
    lifetime.requireOpen();
    List<@Nullable Double> scores = new ArrayList<>(entries.size());
    for (IndexEntry entry : entries) {
      TermEntries held = terms.get(entry.term());
      scores.add(held == null ? null : held.score(entry.ref()));
    }
    return scores;
  }

  @Override
  public TermPage terms(String from, int hint) {
    lifetime.requireOpen();
    int left = Math.max(1, Math.min(hint, MAX_PAGE));
    List<IndexTerm> page = new ArrayList<>();
    for (Named named : from.isEmpty() ? names : names.tailSet(Named.from(from), false)) {
      if (left == 0) {
        return new TermPage(page, Named.of(page.get(page.size() - 1)).position());
      }
      page.add(named.term());
      left--;
    }
    return new TermPage(page, null);
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
        asked.size() >= 2 && asked.stream().allMatch(term -> term.kind().isByValue());
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
