package io.stowage.core.store;

import io.stowage.api.Query;
import io.stowage.api.Version;
import io.stowage.core.query.Match;
import io.stowage.core.query.QueryEngine;
import io.stowage.spi.AdapterException;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Removal;
import io.stowage.spi.ScanPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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

  /** Removes what matches; items that cannot be decoded fail it. */
  long matching(Query query) {
    return matching(query, queries);
  }

  /** Removes what matches; items that cannot be decoded are what the queries make of them. */
  long matching(Query query, UnaryOperator<QueryEngine<T>> decoding) {
    return matching(query, decoding.apply(queries));
  }

  private long matching(Query query, QueryEngine<T> by) {
    Iterator<Match<T>> matches = by.iterate(query, batch -> {});
    return removeAll(
        () -> {
          List<Removal> batch = new ArrayList<>();
          while (batch.size() < batchSize && matches.hasNext()) {
            Match<T> match = matches.next();
            batch.add(new Removal(match.id(), match.place().version()));
          }
          return batch.isEmpty() ? null : batch;
        });
  }

  long olderThan(Duration age) {
    long now = records.serverMicros();
    long ageMicros = age.compareTo(Duration.ofDays(36_525)) > 0 ? now : age.toNanos() / 1_000;
    OldRecords old = new OldRecords(now - ageMicros);
    return removeAll(old::nextBatch);
  }

  /** Removes batch after batch until there is none; a failure tells how many were removed. */
  private long removeAll(Supplier<@Nullable List<Removal>> batches) {
    long removed = 0;
    List<Removal> batch = next(batches, removed);
    while (batch != null) {
      try {
        removed += writer.deleteUnchanged(batch);
      } catch (AdapterException e) {
        throw removed > 0 ? e.afterAnotherPart(removed) : e;
      } catch (RuntimeException e) {
        throw after(removed, e);
      }
      batch = next(batches, removed);
    }
    return removed;
  }

  private static @Nullable List<Removal> next(
      Supplier<@Nullable List<Removal>> batches, long removed) {
    try {
      return batches.get();
    } catch (AdapterException e) {
      throw removed > 0 ? e.afterAnotherPart(removed) : e.beforeAnyWrite();
    } catch (RuntimeException e) {
      throw after(removed, e);
    }
  }

  /** What a damaged item or a function of the application threw; as it is if it was the first. */
  private static RuntimeException after(long removed, RuntimeException failure) {
    return removed > 0 ? new Operations.PartlyDone(removed, failure) : failure;
  }

  /** The records of a scan that are old, a part of the scan at a time. */
  private final class OldRecords {

    private final long limitMicros;
    private @Nullable String position = ScanPage.START;

    OldRecords(long limitMicros) {
      this.limitMicros = limitMicros;
    }

    @Nullable List<Removal> nextBatch() {
      if (position == null) {
        return null;
      }
      ScanPage page = records.scan(position, batchSize);
      position = page.next();
      return olderThan(limitMicros, page.ids());
    }
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
