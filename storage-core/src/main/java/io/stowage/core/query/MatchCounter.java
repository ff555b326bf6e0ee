package io.stowage.core.query;

import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.Version;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.PersistencePort;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the items that match a filter; reads versions only where entries tell the rest. */
final class MatchCounter<T> {

  private final CandidateFinder<T> finder;
  private final PersistencePort records;
  private final int batchSize;

  MatchCounter(CandidateFinder<T> finder, PersistencePort records, int batchSize) {
    this.finder = finder;
    this.records = records;
    this.batchSize = batchSize;
  }

  /** How many items match, exactly. */
  long count(Filter filter) {
    Plan plan = finder.plan(filter);
    Query query = Query.matching(filter);
    if (plan.isExact() && !(plan.access() instanceof Access.ById)) {
      long horizon = finder.horizon();
      return countVersions(
          finder.source(plan, query, null, CandidateFinder.ENTRIES_AT_ONCE), horizon, filter);
    }
    MatchCursor<T> cursor = finder.cursor(query, plan, null, CandidateFinder.ENTRIES_AT_ONCE, true);
    return countMatches(cursor);
  }

  /** An entry that matches its record's version counts; one that was changed meanwhile is read. */
  private long countVersions(CandidateSource source, long horizon, Filter filter) {
    Set<String> counted = new HashSet<>();
    Set<String> changed = new LinkedHashSet<>();
    List<Candidate> candidates = source.next(batchSize);
    while (!candidates.isEmpty()) {
      List<@Nullable Version> stored =
          records.versions(candidates.stream().map(Candidate::id).toList());
      for (int i = 0; i < candidates.size(); i++) {
        String id = candidates.get(i).id();
        IndexEntry entry = candidates.get(i).entry();
        Version version = stored.get(i);
        if (version == null) {
          continue;
        }
        if (entry == null || entry.ref().version().equals(version)) {
          counted.add(id);
        } else if (version.micros() > horizon) {
          changed.add(id);
        }
      }
      candidates = source.next(batchSize);
    }
    source.overtaken(horizon, false).forEach(candidate -> changed.add(candidate.id()));
    changed.removeAll(counted);
    return counted.size() + countMatching(List.copyOf(changed), filter);
  }

  private long countMatching(List<String> ids, Filter filter) {
    return countMatches(finder.cursor(ids, filter, true));
  }

  private long countMatches(MatchCursor<T> cursor) {
    long count = 0;
    while (!cursor.isExhausted()) {
      count += cursor.next(batchSize).size();
    }
    return count;
  }

  /** About how many items match, from the sizes of the indexes; never fewer than there are. */
  long estimate(Filter filter) {
    long size = finder.smallestSize(filter);
    return size < 0 ? count(filter) : size;
  }
}
