package io.stowage.adapter.memory;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.TermPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The index entries of one store in the heap, by term. What a reader has of a term does not change
 * any more: a writer puts other entries in their place, in one atomic step. So a read of one term
 * takes no lock and sees one moment; one of several terms keeps writers off while it takes what
 * these terms have. A term without entries takes no memory.
 */
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

  private final ConcurrentHashMap<IndexTerm, Entries> terms = new ConcurrentHashMap<>();

  /** The terms in the order of scans; changes with {@code terms} in one atomic step a term. */
  private final ConcurrentSkipListSet<Named> names = new ConcurrentSkipListSet<>();

  /** Shared by writers, and had alone by a read of several terms. */
  private final StampedLock moments = new StampedLock();

  private final AtomicLong addedApart = new AtomicLong();
  private final Lifetime lifetime;

  MemoryIndexes(Lifetime lifetime) {
    this.lifetime = lifetime;
  }

  @Override
  public void add(List<IndexEntry> entries) {
    addedApart.incrementAndGet();
    List<IndexEntry> unused = addWithRecords(entries);
  }

  /** Adds entries, and answers them with their terms as they are kept here. */
  List<IndexEntry> addWithRecords(List<IndexEntry> entries) {
    lifetime.requireOpen();
    List<IndexEntry> held = new ArrayList<>(entries.size());
    for (IndexEntry entry : entries) {
      held.add(new IndexEntry(add(entry).term(), entry.ref()));
    }
    return held;
  }

  /** How often entries were added apart from records. */
  long addedApart() {
    return addedApart.get();
  }

  /** Whether a record that came with these entries has no others for certain. */
  boolean areAll(AddedEntries added) {
    return added.addedApart() == addedApart.get();
  }

  private Entries add(IndexEntry entry) {
    EntryRef ref = entry.ref();
    long stamp = moments.readLock();
    try {
      return Objects.requireNonNull(
          terms.compute(
              entry.term(), (term, held) -> (held == null ? begin(term) : held).with(ref)));
    } finally {
      moments.unlockRead(stamp);
    }
  }

  private Entries begin(IndexTerm term) {
    names.add(Named.of(term));
    return Entries.none(term);
  }

  /** Looks first, since most of what a clean-up asks for is gone: that holds up no writer. */
  @Override
  public void remove(List<IndexEntry> entries) {
    lifetime.requireOpen();
    for (IndexEntry entry : entries) {
      if (now(entry.term()).contains(entry.ref())) {
        remove(entry);
      }
    }
  }

  /** Removes what came with a record that nobody can read any more. */
  void retire(AddedEntries added) {
    added.entries().forEach(this::remove);
  }

  private void remove(IndexEntry entry) {
    long stamp = moments.readLock();
    try {
      Entries unused =
          terms.computeIfPresent(
              entry.term(),
              (term, held) -> {
                Entries left = held.without(entry.ref());
                if (left.size() > 0) {
                  return left;
                }
                names.remove(Named.of(term));
                return null;
              });
    } finally {
      moments.unlockRead(stamp);
    }
  }

  @Override
  public List<EntryRef> read(
      IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
    lifetime.requireOpen();
    return now(range.term()).read(range, direction, after, limit);
  }

  /** All reads see the same moment, so that an item that moves between them is in one at least. */
  @Override
  public List<List<EntryRef>> readAll(List<IndexRead> reads) {
    lifetime.requireOpen();
    List<@Nullable Entries> together =
        atOneMoment(reads.stream().map(read -> read.range().term()).toList());
    List<List<EntryRef>> answers = new ArrayList<>(reads.size());
    for (int i = 0; i < reads.size(); i++) {
      IndexRead read = reads.get(i);
      Entries held = together.get(i);
      answers.add(
          held == null
              ? List.of()
              : held.read(read.range(), read.direction(), read.after(), read.limit()));
    }
    return answers;
  }

  @Override
  public List<Long> sizes(List<IndexRange> ranges) {
    lifetime.requireOpen();
    List<Long> sizes = new ArrayList<>(ranges.size());
    for (IndexRange range : ranges) {
      sizes.add((long) now(range.term()).size(range));
    }
    return sizes;
  }

  @Override
  public List<@Nullable Double> scores(List<IndexEntry> entries) {
    lifetime.requireOpen();
    List<@Nullable Double> scores = new ArrayList<>(entries.size());
    for (IndexEntry entry : entries) {
      scores.add(now(entry.term()).score(entry.ref()));
    }
    return scores;
  }

  private Entries now(IndexTerm term) {
    Entries held = terms.get(term);
    return held == null ? Entries.none(term) : held;
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

  /** Walks the smallest term and looks its entries up in the others, all as of one moment. */
  @Override
  public List<EntryRef> intersect(List<IndexTerm> asked, Direction direction) {
    lifetime.requireOpen();
    checkIntersection(asked);
    List<Entries> together = new ArrayList<>(asked.size());
    for (Entries held : atOneMoment(asked)) {
      if (held == null) {
        return List.of();
      }
      together.add(held);
    }
    List<Entries> bySize =
        together.stream().sorted(Comparator.comparingInt(Entries::size)).toList();
    return bySize.get(0).sharedWith(bySize.subList(1, bySize.size()), direction);
  }

  /** The entries of all terms at one moment; null for a term that has none. */
  private List<@Nullable Entries> atOneMoment(List<IndexTerm> asked) {
    List<@Nullable Entries> held = new ArrayList<>(asked.size());
    if (asked.size() == 1) {
      held.add(terms.get(asked.get(0)));
      return held;
    }
    long stamp = moments.writeLock();
    try {
      for (IndexTerm term : asked) {
        held.add(terms.get(term));
      }
    } finally {
      moments.unlockWrite(stamp);
    }
    return held;
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
