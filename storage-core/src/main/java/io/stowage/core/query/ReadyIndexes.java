package io.stowage.core.query;

import io.stowage.core.definition.IndexState;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.StorePorts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads of indexes that were complete when they were read, although indexes may be dropped while a
 * query runs.
 *
 * <p>It looks at the definition after the answer has come. An index that is ready by a definition
 * that is still within its lease cannot have lost a writer before the answer. One that is being
 * dropped is written by all as long as a definition asked for after the answer says so. Any other
 * fails the query rather than let it miss items, and so does a change of the schema version that
 * entries are of.
 */
final class ReadyIndexes {

  private final IndexPort indexes;
  private final Optional<IntersectionPort> intersections;
  private final LiveDefinition live;
  private final int schemaVersion;

  ReadyIndexes(StorePorts ports, LiveDefinition live, int schemaVersion) {
    this.indexes = ports.indexes();
    this.intersections = ports.intersections();
    this.live = live;
    this.schemaVersion = schemaVersion;
  }

  boolean canIntersect() {
    return intersections.isPresent();
  }

  List<List<EntryRef>> readAll(List<IndexRead> reads) {
    List<List<EntryRef>> answer = indexes.readAll(reads);
    checkComplete(reads, read -> read.range().term());
    return answer;
  }

  List<Long> sizes(List<IndexRange> ranges) {
    List<Long> answer = indexes.sizes(ranges);
    checkComplete(ranges, IndexRange::term);
    return answer;
  }

  List<EntryRef> intersect(List<IndexTerm> terms, Direction direction) {
    List<EntryRef> answer = intersections.orElseThrow().intersect(terms, direction);
    checkComplete(terms, term -> term);
    return answer;
  }

  private <R> void checkComplete(List<R> reads, Function<R, IndexTerm> term) {
    StoredDefinition definition = live.current();
    if (!definition.schema().isTrustedBy(schemaVersion)) {
      throw AdapterException.unavailable(
          "the indexes were brought to another schema version while the query ran; run it again",
          null);
    }
    for (R read : reads) {
      if (!definition.isReady(term.apply(read))) {
        checkWritten(reads, term);
        return;
      }
    }
  }

  private <R> void checkWritten(List<R> reads, Function<R, IndexTerm> term) {
    StoredDefinition definition = live.renewed();
    List<String> unwritten =
        reads.stream()
            .map(term)
            .filter(t -> !definition.isReady(t) && !isDropping(t, definition))
            .map(IndexTerm::index)
            .distinct()
            .toList();
    if (!unwritten.isEmpty()) {
      throw AdapterException.unavailable(
          "indexes " + unwritten + " were dropped while the query ran; run it again", null);
    }
  }

  private static boolean isDropping(IndexTerm term, StoredDefinition definition) {
    return definition.in(IndexState.DROPPING).stream()
        .anyMatch(i -> i.kind() == term.kind() && i.name().equals(term.index()));
  }
}
