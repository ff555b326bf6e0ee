package io.stowage.system.kit.port;

import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.StorePorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ways to answer one call from several moments, and to remove what nobody asked for. Between two
 * moments something is always written, if anybody writes.
 */
final class WrongMoments {

  private static final int PART = 20;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private WrongMoments() {}

  static IndexPort readingInParts(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        return parts(right, range, direction, after, limit);
      }
    };
  }

  static IndexPort readingRangeByRange(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<List<EntryRef>> readAll(List<IndexRead> reads) {
        List<List<EntryRef>> answers = new ArrayList<>();
        for (IndexRead read : reads) {
          IndexTerm last = reads.get(reads.size() - 1).range().term();
          EntryRef before = newest(right, last);
          answers.add(right.read(read.range(), read.direction(), read.after(), read.limit()));
          if (answers.size() == 1) {
            awaitWrite(right, last, before);
          }
        }
        return answers;
      }
    };
  }

  static IndexPort countingInParts(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<Long> sizes(List<IndexRange> ranges) {
        return ranges.stream()
            .map(r -> (long) parts(right, r, Direction.DESCENDING, null, Integer.MAX_VALUE).size())
            .toList();
      }
    };
  }

  /** What a read answers, a few entries at a time. */
  private static List<EntryRef> parts(
      IndexPort right, IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
    List<EntryRef> all = new ArrayList<>();
    EntryRef last = after;
    List<EntryRef> part;
    do {
      int asked = Math.min(PART, limit - all.size());
      EntryRef before = newest(right, range.term());
      part = right.read(range, direction, last, asked);
      all.addAll(part);
      awaitWrite(right, range.term(), before);
      last = part.isEmpty() ? last : part.get(part.size() - 1);
    } while (part.size() == PART && all.size() < limit);
    return all;
  }

  private static @Nullable EntryRef newest(IndexPort indexes, IndexTerm term) {
    List<EntryRef> newest = indexes.read(IndexRange.all(term), Direction.DESCENDING, null, 1);
    return newest.isEmpty() ? null : newest.get(0);
  }

  /** Waits until the newest entry of a term is another one, for a moment at most. */
  private static void awaitWrite(IndexPort indexes, IndexTerm term, @Nullable EntryRef before) {
    long begin = System.nanoTime();
    while (Objects.equals(newest(indexes, term), before)
        && System.nanoTime() - begin < LONGEST_WAIT_NANOS) {
      Thread.onSpinWait();
    }
  }

  static StorePorts intersectingTermByTerm(StorePorts right) {
    IntersectionPort intersecting =
        (terms, direction) -> {
          EntryRef before = newest(right.indexes(), terms.get(0));
          List<EntryRef> first = all(right, terms.get(0), direction);
          awaitWrite(right.indexes(), terms.get(0), before);
          for (IndexTerm other : terms.subList(1, terms.size())) {
            Set<EntryRef> there = all(right, other, direction).stream().collect(Collectors.toSet());
            first = first.stream().filter(there::contains).toList();
          }
          return first;
        };
    return new PortsOver(right) {
      @Override
      public Optional<IntersectionPort> intersections() {
        return Optional.of(intersecting);
      }
    };
  }

  private static List<EntryRef> all(StorePorts right, IndexTerm term, Direction direction) {
    return right.indexes().read(IndexRange.all(term), direction, null, Integer.MAX_VALUE);
  }

  static StorePorts removingRefusedEntries(StorePorts right) {
    return new PortsOver(right) {
      @Override
      public List<CommitResult> addThenCommit(List<IndexEntry> entries, List<Commit> commits) {
        List<CommitResult> results = super.addThenCommit(entries, commits);
        boolean isRefused =
            results.stream().anyMatch(result -> result.status() != CommitResult.Status.APPLIED);
        if (isRefused) {
          right.indexes().remove(entries);
        }
        return results;
      }
    };
  }
}
