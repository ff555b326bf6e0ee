package io.stowage.system.kit.port;

import io.stowage.api.IndexKind;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.TermPage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ways to keep index entries wrongly. */
final class WrongIndexes {

  private WrongIndexes() {}

  static IndexPort forgettingToRemove(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public void remove(List<IndexEntry> entries) {
        // This is the fault.
      }
    };
  }

  static IndexPort losingTheSecondTerm(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public void add(List<IndexEntry> entries) {
        Set<EntryRef> seen = new HashSet<>();
        right.add(entries.stream().filter(entry -> seen.add(entry.ref())).toList());
      }
    };
  }

  static IndexPort forgettingATerm(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public TermPage terms(String from, int hint) {
        TermPage page = right.terms(from, hint);
        return new TermPage(page.terms().stream().skip(1).toList(), page.next());
      }
    };
  }

  static IndexPort echoingScores(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<@Nullable Double> scores(List<IndexEntry> entries) {
        List<@Nullable Double> scores = new ArrayList<>(right.scores(entries));
        for (int i = 0; i < scores.size(); i++) {
          scores.set(i, scores.get(i) == null ? null : entries.get(i).ref().score());
        }
        return scores;
      }
    };
  }

  static IndexPort keepingTheFirstScore(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public void add(List<IndexEntry> entries) {
        for (IndexEntry entry : entries) {
          boolean known =
              right.read(IndexRange.all(entry.term()), Direction.ASCENDING, null, 10_000).stream()
                  .anyMatch(
                      ref ->
                          ref.id().equals(entry.ref().id())
                              && ref.version().equals(entry.ref().version()));
          if (!known) {
            right.add(List.of(entry));
          }
        }
      }
    };
  }

  static IndexPort addingWith(IndexPort right, UnaryOperator<IndexEntry> change) {
    return new IndexesOver(right) {
      @Override
      public void add(List<IndexEntry> entries) {
        right.add(entries.stream().map(change).toList());
      }
    };
  }

  static IndexPort roundingScores(IndexPort right) {
    return addingWith(
        right,
        e ->
            new IndexEntry(
                e.term(), new EntryRef(e.ref().id(), e.ref().version(), (float) e.ref().score())));
  }

  static IndexPort cuttingValues(IndexPort right) {
    return new IndexesOver(addingWith(right, e -> new IndexEntry(cut(e.term()), e.ref()))) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        return right.read(cut(range), direction, after, limit);
      }

      @Override
      public List<Long> sizes(List<IndexRange> ranges) {
        return right.sizes(ranges.stream().map(WrongIndexes::cut).toList());
      }
    };
  }

  static IndexPort droppingTiesAtPageEnds(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        return right.read(range, direction, after, Integer.MAX_VALUE).stream()
            .filter(ref -> after == null || ref.score() != after.score())
            .limit(limit)
            .toList();
      }
    };
  }

  static IndexPort repeatingThePlace(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        List<EntryRef> read = new ArrayList<>(right.read(range, direction, after, limit));
        if (after != null
            && right.read(range, direction, null, Integer.MAX_VALUE).contains(after)) {
          read.add(0, after);
        }
        return read.subList(0, Math.min(limit, read.size()));
      }
    };
  }

  static IndexPort excludingBounds(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        return right.read(range, direction, after, Integer.MAX_VALUE).stream()
            .filter(ref -> ref.score() > range.min() && ref.score() < range.max())
            .limit(limit)
            .toList();
      }
    };
  }

  static IndexPort orderingTiesByText(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        Comparator<EntryRef> byText =
            Comparator.comparingDouble(EntryRef::score)
                .thenComparing(EntryRef::id)
                .thenComparing(EntryRef::version);
        return right.read(range, direction, after, Integer.MAX_VALUE).stream()
            .sorted(direction == Direction.ASCENDING ? byText : byText.reversed())
            .limit(limit)
            .toList();
      }
    };
  }

  static IndexPort readingOneDirection(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        return right.read(range, Direction.ASCENDING, after, limit);
      }
    };
  }

  static IndexPort mixingUpReads(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<List<EntryRef>> readAll(List<IndexRead> reads) {
        List<List<EntryRef>> answers = new ArrayList<>(right.readAll(reads));
        Collections.reverse(answers);
        return answers;
      }
    };
  }

  static IndexPort countingWholeTerms(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public List<Long> sizes(List<IndexRange> ranges) {
        return right.sizes(ranges.stream().map(range -> IndexRange.all(range.term())).toList());
      }
    };
  }

  static IndexPort takingBlindForExact(IndexPort right) {
    return new IndexesOver(right) {
      @Override
      public void add(List<IndexEntry> entries) {
        right.add(entries.stream().map(e -> new IndexEntry(exact(e.term()), e.ref())).toList());
      }

      @Override
      public List<EntryRef> read(
          IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
        return right.read(
            new IndexRange(exact(range.term()), range.min(), range.max()), direction, after, limit);
      }

      @Override
      public List<Long> sizes(List<IndexRange> ranges) {
        return right.sizes(
            ranges.stream().map(r -> new IndexRange(exact(r.term()), r.min(), r.max())).toList());
      }
    };
  }

  private static IndexTerm exact(IndexTerm term) {
    return term.kind() == IndexKind.BLIND ? IndexTerm.exact(term.index(), term.value()) : term;
  }

  private static IndexRange cut(IndexRange range) {
    return new IndexRange(cut(range.term()), range.min(), range.max());
  }

  private static IndexTerm cut(IndexTerm term) {
    return term.kind() == IndexKind.EXACT && term.value().length() > 60
        ? IndexTerm.stored(term.index(), term.kind(), term.value().substring(0, 1))
        : term;
  }
}
