package io.stowage.core.query;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The matches of a cursor one by one; reads the next batch when the last one is used up. */
final class MatchIterator<T> implements Iterator<Match<T>> {

  private final MatchCursor<T> cursor;
  private final int batchSize;
  private long left;
  private Iterator<Match<T>> batch = List.<Match<T>>of().iterator();
  private boolean isLate;

  MatchIterator(MatchCursor<T> cursor, int batchSize, long limit) {
    this.cursor = cursor;
    this.batchSize = batchSize;
    this.left = limit;
  }

  @Override
  public boolean hasNext() {
    while (left > 0 && !batch.hasNext() && !isLate) {
      isLate = cursor.isExhausted();
      batch = (isLate ? cursor.latecomers() : cursor.next(batchSize)).iterator();
    }
    return left > 0 && batch.hasNext();
  }

  @Override
  public Match<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the query has no more items");
    }
    left--;
    return batch.next();
  }
}
