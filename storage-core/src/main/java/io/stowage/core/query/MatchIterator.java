package io.stowage.core.query;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

/** The matches of a cursor one by one; reads the next batch when the last one is used up. */
final class MatchIterator<T> implements Iterator<Match<T>> {

  private final MatchCursor<T> cursor;
  private final int batchSize;
  private final Consumer<List<Match<T>>> onRead;
  private long left;
  private Iterator<Match<T>> batch = List.<Match<T>>of().iterator();

  /**
   * An iterator.
   *
   * @param onRead is told of each batch that was read, cut to what the limit leaves
   */
  MatchIterator(MatchCursor<T> cursor, int batchSize, long limit, Consumer<List<Match<T>>> onRead) {
    this.cursor = cursor;
    this.batchSize = batchSize;
    this.left = limit;
    this.onRead = onRead;
  }

  @Override
  public boolean hasNext() {
    while (left > 0 && !batch.hasNext() && !cursor.isExhausted()) {
      List<Match<T>> read = cursor.next(batchSize);
      List<Match<T>> wanted = read.size() <= left ? read : read.subList(0, (int) left);
      onRead.accept(wanted);
      batch = wanted.iterator();
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
