package io.stowage.core.store;

import io.stowage.api.Query;
import io.stowage.api.Version;
import io.stowage.core.query.Match;
import io.stowage.core.query.QueryEngine;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Removal;
import io.stowage.spi.ScanPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Removes the items that match a query or are old, each only if it is still as it was seen. */
final class BulkDelete<T> {

  private final PersistencePort records;
  private final QueryEngine<T> queries;
  private final ItemWriter<T> writer;
  private final int batchSize;

  BulkDelete(PersistencePort records, QueryEngine<T> queries, ItemWriter<T> writer, int batchSize) {
    this.records = records;
    this.queries = queries;
    this.writer = writer;
    this.batchSize = batchSize;
  }

  long matching(Query query) {
    long removed = 0;
    List<Removal> removals = new ArrayList<>();
    Iterator<Match<T>> matches = queries.iterate(query, batch -> {});
    while (matches.hasNext()) {
      Match<T> match = matches.next();
      removals.add(new Removal(match.id(), match.place().version()));
      if (removals.size() == batchSize || !matches.hasNext()) {
        removed += writer.deleteUnchanged(removals);
        removals = new ArrayList<>();
      }
    }
    return removed;
  }

  long olderThan(Duration age) {
    long now = records.serverMicros();
    long ageMicros = age.compareTo(Duration.ofDays(36_525)) > 0 ? now : age.toNanos() / 1_000;
    long limit = now - ageMicros;
    long removed = 0;
    String position = ScanPage.START;
    while (position != null) {
      ScanPage page = records.scan(position, batchSize);
      removed += writer.deleteUnchanged(olderThan(limit, page.ids()));
      position = page.next();
    }
    return removed;
  }

  private List<Removal> olderThan(long limitMicros, List<String> ids) {
    List<@Nullable Version> versions = ids.isEmpty() ? List.of() : records.versions(ids);
    List<Removal> old = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      Version version = versions.get(i);
      if (version != null && version.micros() < limitMicros) {
        old.add(new Removal(ids.get(i), version));
      }
    }
    return old;
  }
}
