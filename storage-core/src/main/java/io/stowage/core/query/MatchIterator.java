package io.stowage.core.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The matches of a cursor one by one; reads the next batch when the last one is used up. Used by
 * one thread.
 */
public final class MatchIterator<T> implements Iterator<Match<T>> {

  private final MatchCursor<T> cursor;
  private final int batchSize;
  private final @Nullable Comparator<Match<T>> order;
  private final Consumer<List<Match<T>>> onTaken;
  private long left;
  private Iterator<Match<T>> batch = List.<Match<T>>of().iterator();
  private List<Match<T>> taken = new ArrayList<>();

  /**
   * An iterator.
   *
   * @param order the order of the matches of one batch; null if it is as they come
   * @param onTaken is told of the matches that were taken, a batch at a time
   */
  MatchIterator(
      MatchCursor<T> cursor,
      int batchSize,
      long limit,
      @Nullable Comparator<Match<T>> order,
      Consumer<List<Match<T>>> onTaken) {
    this.cursor = cursor;
    this.batchSize = batchSize;
    this.left = limit;
    this.order = order;
    this.onTaken = onTaken;
  }

  @Override
  public boolean hasNext() {
    while (left > 0 && !batch.hasNext() && !cursor.isExhausted()) {
      tellTaken();
      batch = nextBatch().iterator();
    }
    boolean hasNext = left > 0 && batch.hasNext();
    if (!hasNext) {
      tellTaken();
    }
    return hasNext;
  }

  private List<Match<T>> nextBatch() {
    List<Match<T>> next = cursor.next(batchSize);
    return order == null ? next : next.stream().sorted(order).toList();
  }

  @Override
  public Match<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the query has no more items");
    }
    left--;
    Match<T> next = batch.next();
    taken.add(next);
    return next;
  }

  /** Tells of what was taken since the last time; to be called when no more will be. */
  public void tellTaken() {
    if (!taken.isEmpty()) {
      List<Match<T>> told = taken;
      taken = new ArrayList<>();
      onTaken.accept(told);
    }
  }
}
