package io.stowage.core.maintenance;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.ScanPage;
import io.stowage.spi.TermPage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks the entries of all index terms of a store, a chunk at a time, while entries come and go:
 * every entry that stays during the walk is met, some perhaps twice. Used by one thread at a time.
 *
 * <p>How many entries a term has is not known before. So many terms are read at once for a few
 * entries each, and those that have more are read on for more and more.
 */
final class EntryWalk {

  private static final int FIRST_READ = 8;
  private static final int GROWTH = 4;

  /** Parts of the terms may be empty; after so many the caller may look at other things. */
  private static final int PAGES_AT_ONCE = 10;

  /**
   * A term that is not read to its end.
   *
   * @param after the last entry read
   * @param limit how many entries to read next
   */
  private record Lane(IndexTerm term, @Nullable EntryRef after, int limit) {}

  private final IndexPort indexes;
  private final int chunk;
  private final Predicate<IndexTerm> isWanted;
  private final Deque<Lane> lanes = new ArrayDeque<>();
  private @Nullable String position = ScanPage.START;
  private long terms;

  /**
   * A walk.
   *
   * @param chunk how many entries to read at once, as a rule
   * @param isWanted which terms to walk
   */
  EntryWalk(IndexPort indexes, int chunk, Predicate<IndexTerm> isWanted) {
    this.indexes = indexes;
    this.chunk = chunk;
    this.isWanted = isWanted;
  }

  /** Whether no entries follow. */
  boolean isDone() {
    return lanes.isEmpty() && position == null;
  }

  /** How many terms were begun. */
  long terms() {
    return terms;
  }

  /**
   * The next entries; there may be none although more follow. One round trip, and others for the
   * next terms.
   *
   * @param limit how many entries at most; 1 or more
   */
  List<IndexEntry> next(int limit) {
    findLanes(limit);
    List<Lane> chosen = choose(limit);
    if (chosen.isEmpty()) {
      return List.of();
    }
    List<List<EntryRef>> answers =
        indexes.readAll(
            chosen.stream()
                .map(
                    lane ->
                        new IndexRead(
                            IndexRange.all(lane.term()),
                            Direction.ASCENDING,
                            lane.after(),
                            lane.limit()))
                .toList());
    List<IndexEntry> entries = new ArrayList<>();
    List<Lane> unfinished = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Lane lane = chosen.get(i);
      List<EntryRef> refs = answers.get(i);
      lanes.remove();
      terms += lane.after() == null ? 1 : 0;
      refs.forEach(ref -> entries.add(new IndexEntry(lane.term(), ref)));
      if (refs.size() >= lane.limit()) {
        int more = Math.min(Math.max(chunk, limit), lane.limit() * GROWTH);
        unfinished.add(new Lane(lane.term(), refs.get(refs.size() - 1), more));
      }
    }
    unfinished.forEach(lanes::addFirst);
    return entries;
  }

  /** Passes over what follows in terms that were begun. */
  void passOver(Set<IndexTerm> terms) {
    lanes.removeIf(lane -> lane.after() != null && terms.contains(lane.term()));
  }

  private void findLanes(int wanted) {
    int known = lanes.stream().mapToInt(Lane::limit).limit(wanted).sum();
    for (int pages = 0; pages < PAGES_AT_ONCE && known < wanted && position != null; pages++) {
      TermPage page = indexes.terms(position, chunk);
      for (IndexTerm term : page.terms()) {
        if (isWanted.test(term)) {
          lanes.add(new Lane(term, null, Math.min(FIRST_READ, chunk)));
          known += FIRST_READ;
        }
      }
      position = page.next();
    }
  }

  /**
   * The first lanes that together are read for no more than is wanted; they stay where they are.
   */
  private List<Lane> choose(int wanted) {
    List<Lane> chosen = new ArrayList<>();
    int left = wanted;
    for (Lane lane : lanes) {
      if (left == 0) {
        break;
      }
      int limit = Math.min(left, lane.limit());
      chosen.add(new Lane(lane.term(), lane.after(), limit));
      left -= limit;
    }
    return chosen;
  }
}
