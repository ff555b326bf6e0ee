package io.stowage.system.kit.port;

import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.TermPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Index entries kept by another port, with the default methods; what is overridden differs. */
class IndexesOver implements IndexPort {

  final IndexPort right;

  IndexesOver(IndexPort right) {
    this.right = right;
  }

  @Override
  public void add(List<IndexEntry> entries) {
    right.add(entries);
  }

  @Override
  public void remove(List<IndexEntry> entries) {
    right.remove(entries);
  }

  @Override
  public List<EntryRef> read(
      IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
    return right.read(range, direction, after, limit);
  }

  @Override
  public List<Long> sizes(List<IndexRange> ranges) {
    return right.sizes(ranges);
  }

  @Override
  public List<@Nullable Double> scores(List<IndexEntry> entries) {
    return right.scores(entries);
  }

  @Override
  public TermPage terms(String from, int hint) {
    return right.terms(from, hint);
  }
}
