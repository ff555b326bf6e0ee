package io.stowage.adapter.memory;

import io.stowage.api.Version;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one index term, in order. Safe for use by many threads.
 *
 * <p>Additions, removals and reads share the lock and meet only in lock-free structures; two rare
 * steps take it alone. Changing a score is two steps in the order, which nobody may see between.
 * And retiring an empty term must not lose an entry that is added at the same time: a retired term
 * refuses entries, and whoever adds tries again with its successor.
 */
final class TermEntries {

  private record Member(String id, Version version) {
    static Member of(EntryRef ref) {
      return new Member(ref.id(), ref.version());
    }
  }

  private static final String FIRST_ID = "";
  private static final Version FIRST_VERSION = new Version(0);

  private final ConcurrentHashMap<Member, EntryRef> members = new ConcurrentHashMap<>();
  private final ConcurrentSkipListSet<EntryRef> ordered = new ConcurrentSkipListSet<>();
  private final Lock shared;
  private final Lock alone;
  private boolean retired;

  TermEntries() {
    ReadWriteLock lock = new ReentrantReadWriteLock();
    this.shared = lock.readLock();
    this.alone = lock.writeLock();
  }

  /** Adds an entry or gives it its new score; false if this term is retired. */
  boolean add(EntryRef ref) {
    EntryRef present;
    shared.lock();
    try {
      if (retired) {
        return false;
      }
      present = members.compute(Member.of(ref), (member, held) -> held == null ? order(ref) : held);
    } finally {
      shared.unlock();
    }
    return present.equals(ref) || rescore(ref);
  }

  private EntryRef order(EntryRef ref) {
    ordered.add(ref);
    return ref;
  }

  private boolean rescore(EntryRef ref) {
    alone.lock();
    try {
      if (retired) {
        return false;
      }
      EntryRef before = members.put(Member.of(ref), ref);
      if (before != null) {
        ordered.remove(before);
      }
      ordered.add(ref);
      return true;
    } finally {
      alone.unlock();
    }
  }

  /** Removes an entry whatever its score; true if the term is empty then. */
  boolean remove(EntryRef ref) {
    shared.lock();
    try {
      members.computeIfPresent(
          Member.of(ref),
          (member, held) -> {
            ordered.remove(held);
            return null;
          });
      return members.isEmpty();
    } finally {
      shared.unlock();
    }
  }

  /** Retires this term if it is empty, and tells so before anybody else can see it retired. */
  void retireIfEmpty(Consumer<TermEntries> whenRetired) {
    alone.lock();
    try {
      if (members.isEmpty() && !retired) {
        retired = true;
        whenRetired.accept(this);
      }
    } finally {
      alone.unlock();
    }
  }

  /** Reads entries in order; finding the first costs the logarithm of the term's size. */
  List<EntryRef> read(IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
    shared.lock();
    try {
      List<EntryRef> found = new ArrayList<>();
      for (EntryRef ref : view(range, direction, after)) {
        if (found.size() >= limit) {
          break;
        }
        found.add(ref);
      }
      return found;
    } finally {
      shared.unlock();
    }
  }

  /** Every entry that meets a condition, in order. */
  List<EntryRef> matching(Predicate<EntryRef> condition, Direction direction) {
    shared.lock();
    try {
      NavigableSet<EntryRef> all =
          direction == Direction.ASCENDING ? ordered : ordered.descendingSet();
      return all.stream().filter(condition).toList();
    } finally {
      shared.unlock();
    }
  }

  boolean contains(EntryRef ref) {
    return members.containsKey(Member.of(ref));
  }

  /** The score that an entry has here; null if it is not here. */
  @Nullable Double score(EntryRef ref) {
    EntryRef held = members.get(Member.of(ref));
    return held == null ? null : held.score();
  }

  /** How many entries there are. */
  long size() {
    return members.mappingCount();
  }

  /** How many entries a range has; costs a step an entry, unless it is the whole term. */
  long size(IndexRange range) {
    boolean isWhole =
        range.min() == Double.NEGATIVE_INFINITY && range.max() == Double.POSITIVE_INFINITY;
    if (isWhole) {
      return size();
    }
    shared.lock();
    try {
      return view(range, Direction.ASCENDING, null).size();
    } finally {
      shared.unlock();
    }
  }

  private NavigableSet<EntryRef> view(
      IndexRange range, Direction direction, @Nullable EntryRef after) {
    EntryRef low = lowest(range.min());
    EntryRef end =
        range.max() == Double.POSITIVE_INFINITY ? null : lowest(Math.nextUp(range.max()));
    return direction == Direction.ASCENDING
        ? between(laterOf(low, after), !isLater(after, low), end)
        : between(low, true, earlierOf(end, after)).descendingSet();
  }

  private NavigableSet<EntryRef> between(EntryRef from, boolean inclusive, @Nullable EntryRef end) {
    if (end == null) {
      return ordered.tailSet(from, inclusive);
    }
    return from.compareTo(end) >= 0
        ? Collections.emptyNavigableSet()
        : ordered.subSet(from, inclusive, end, false);
  }

  private static EntryRef lowest(double score) {
    return new EntryRef(FIRST_ID, FIRST_VERSION, score);
  }

  private static boolean isLater(@Nullable EntryRef after, EntryRef low) {
    return after != null && after.compareTo(low) >= 0;
  }

  private static EntryRef laterOf(EntryRef low, @Nullable EntryRef after) {
    return after != null && isLater(after, low) ? after : low;
  }

  private static @Nullable EntryRef earlierOf(@Nullable EntryRef end, @Nullable EntryRef after) {
    if (end == null || after == null) {
      return end == null ? after : end;
    }
    return after.compareTo(end) < 0 ? after : end;
  }
}
