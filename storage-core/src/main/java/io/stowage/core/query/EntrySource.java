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
 * all those that have run dry in one request, which sees one moment. If several requests were
 * needed, an item may have moved between them behind their back; {@link #overtaken} finds it.
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
  private final List<IndexRange> ranges;
  private final Direction direction;
  private final @Nullable EntryRef after;
  private final int chunk;
  private final Ties ties;
  private final List<Lane> lanes;
  private final PriorityQueue<Lane> ready;
  private final Repetitions repetitions;
  private @Nullable EntryRef place;
  private int requests;

  /**
   * A source.
   *
   * @param after begin after this place; null to begin at the first
   * @param chunk how many entries of a range to read at once at least
   * @param ties which entries are yielded at once, even if there are more than were asked for
   */
  EntrySource(
      ReadyIndexes indexes,
      List<IndexRange> ranges,
      Direction direction,
      @Nullable EntryRef after,
      int chunk,
      Ties ties) {
    this.indexes = indexes;
    this.ranges = ranges;
    this.direction = direction;
    this.after = after;
    this.chunk = chunk;
    this.ties = ties;
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
    while (!ready.isEmpty() && (next.size() < limit || ties.hold(place, upcoming()))) {
      Lane lane = ready.remove();
      EntryRef ref = lane.buffer.remove();
      place = ref;
      if (repetitions.isFirst(ref)) {
        next.add(new Candidate(ref.id(), new IndexEntry(lane.range.term(), ref)));
      }
      if (!lane.buffer.isEmpty()) {
        ready.add(lane);
      } else if (next.size() < limit || ties.mayHold(ref)) {
        fillDryLanes(List.of(lane), Math.max(1, limit - next.size()));
      }
    }
    return next;
  }

  private EntryRef upcoming() {
    return ready.element().buffer.element();
  }

  @Override
  public List<Candidate> overtaken(long sinceMicros, boolean holdsPlaces) {
    EntryRef reached = place;
    if (requests < 2 || reached == null || (holdsPlaces && ranges.size() == 1)) {
      return List.of();
    }
    boolean isAtEnd = ready.isEmpty() && lanes.stream().allMatch(lane -> lane.isExhausted);
    List<IndexRange> passed = isAtEnd ? ranges : upTo(reached.score());
    EntrySource again =
        new EntrySource(
            indexes, passed, direction, after, CandidateFinder.ENTRIES_AT_ONCE, Ties.NONE);
    List<Candidate> overtaken = new ArrayList<>();
    List<Candidate> part = again.next(CandidateFinder.ENTRIES_AT_ONCE);
    while (!part.isEmpty()) {
      part.stream().filter(it -> isSince(sinceMicros, it)).forEach(overtaken::add);
      part = again.next(CandidateFinder.ENTRIES_AT_ONCE);
    }
    return overtaken;
  }

  private static boolean isSince(long sinceMicros, Candidate candidate) {
    IndexEntry entry = candidate.entry();
    return entry != null && entry.ref().version().micros() > sinceMicros;
  }

  private List<IndexRange> upTo(double score) {
    return ranges.stream()
        .map(
            range ->
                direction == Direction.ASCENDING
                    ? new IndexRange(range.term(), range.min(), Math.min(score, range.max()))
                    : new IndexRange(range.term(), Math.max(score, range.min()), range.max()))
        .toList();
  }

  /** Every lane must show its next entry before the least of all can be told. */
  private void fillDryLanes(List<Lane> candidates, int wanted) {
    List<Lane> dry = candidates.stream().filter(Lane::isDry).toList();
    if (dry.isEmpty()) {
      return;
    }
    int asked = Math.max(chunk, wanted);
    requests++;
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
