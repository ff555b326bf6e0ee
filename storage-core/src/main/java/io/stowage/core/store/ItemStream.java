package io.stowage.core.store;

import io.stowage.api.Query;
import io.stowage.core.query.Match;
import io.stowage.core.query.MatchIterator;
import io.stowage.core.query.QueryEngine;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Opens streams of items; each read of a batch is an operation of its own. */
final class ItemStream<T> {

  private final Operations operations;
  private final QueryEngine<T> queries;
  private final ItemReader<T> reader;

  ItemStream(Operations operations, QueryEngine<T> queries, ItemReader<T> reader) {
    this.operations = operations;
    this.queries = queries;
    this.reader = reader;
  }

  Stream<T> open(Query query) {
    AtomicBoolean isClosed = new AtomicBoolean();
    MatchIterator<T> matches = queries.iterate(query, reader::markRead);
    Iterator<T> items = new Items(matches, isClosed);
    int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(items, characteristics), false)
        .onClose(() -> close(matches, isClosed));
  }

  /** What was taken of the last batch counts as read; what was only read ahead does not. */
  private void close(MatchIterator<T> matches, AtomicBoolean isClosed) {
    if (isClosed.compareAndSet(false, true) && !operations.isClosed()) {
      operations.read(
          "stream",
          () -> {
            matches.tellTaken();
            return true;
          });
    }
  }

  private final class Items implements Iterator<T> {

    private final Iterator<Match<T>> matches;
    private final AtomicBoolean isClosed;

    Items(Iterator<Match<T>> matches, AtomicBoolean isClosed) {
      this.matches = matches;
      this.isClosed = isClosed;
    }

    @Override
    public boolean hasNext() {
      return !isClosed.get() && operations.read("stream", matches::hasNext);
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the stream has no more items");
      }
      return matches.next().item();
    }
  }
}
