package io.stowage.core.query;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one or more index ranges, merged in the order of {@link EntryRef} or its reverse.
 * An item's version that is in several ranges is yielded once. Ranges are read a chunk at a time,
 * all those that have run dry in one request.
 */
final class EntrySource implements CandidateSource {

  /** What is read and not yet yielded of one range. */
  private static final class Lane {
    private final IndexRange range;
    private final Deque<EntryRef> buffer = new ArrayDeque<>();
    private @Nullable EntryRef last;
    private boolean isExhausted;

    Lane(IndexRange range, @Nullable EntryRef after) {
      this.range = range;
      this.last = after;
    }

    boolean isDry() {
      return buffer.isEmpty() && !isExhausted;
    }

    void fill(List<EntryRef> entries, int asked) {
      buffer.addAll(entries);
      isExhausted = entries.size() < asked;
      if (!entries.isEmpty()) {
        last = entries.get(entries.size() - 1);
      }
    }
  }

  private final ReadyIndexes indexes;
  private final Direction direction;
  private final int chunk;
  private final List<Lane> lanes;
  private final PriorityQueue<Lane> ready;
  private final Repetitions repetitions;

  /**
   * A source.
   *
   * @param after begin after this place; null to begin at the first
   * @param chunk how many entries of a range to read at once at least
   */
  EntrySource(
      ReadyIndexes indexes,
      List<IndexRange> ranges,
      Direction direction,
      @Nullable EntryRef after,
      int chunk) {
    this.indexes = indexes;
    this.direction = direction;
    this.chunk = chunk;
    this.lanes = ranges.stream().map(range -> new Lane(range, after)).toList();
    this.repetitions = Repetitions.among(ranges);
    Comparator<EntryRef> order =
        direction == Direction.ASCENDING ? Comparator.naturalOrder() : Comparator.reverseOrder();
    this.ready =
        new PriorityQueue<>(
            Math.max(1, ranges.size()), Comparator.comparing(lane -> lane.buffer.element(), order));
  }

  @Override
  public List<Candidate> next(int limit) {
    List<Candidate> next = new ArrayList<>(Math.min(limit, chunk));
    fillDryLanes(lanes, limit);
    while (next.size() < limit && !ready.isEmpty()) {
      Lane lane = ready.remove();
      EntryRef ref = lane.buffer.remove();
      if (repetitions.isFirst(ref)) {
        next.add(new Candidate(ref.id(), new IndexEntry(lane.range.term(), ref)));
      }
      if (!lane.buffer.isEmpty()) {
        ready.add(lane);
      } else if (next.size() < limit) {
        fillDryLanes(List.of(lane), limit - next.size());
      }
    }
    return next;
  }

  /** Every lane must show its next entry before the least of all can be told. */
  private void fillDryLanes(List<Lane> candidates, int wanted) {
    List<Lane> dry = candidates.stream().filter(Lane::isDry).toList();
    if (dry.isEmpty()) {
      return;
    }
    int asked = Math.max(chunk, wanted);
    List<List<EntryRef>> answers =
        indexes.readAll(
            dry.stream()
                .map(lane -> new IndexRead(lane.range, direction, lane.last, asked))
                .toList());
    for (int i = 0; i < dry.size(); i++) {
      Lane lane = dry.get(i);
      lane.fill(answers.get(i), asked);
      if (!lane.buffer.isEmpty()) {
        ready.add(lane);
      }
    }
  }
}
