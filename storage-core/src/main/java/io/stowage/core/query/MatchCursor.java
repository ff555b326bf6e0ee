package io.stowage.core.query;

import io.stowage.api.Filter;
import io.stowage.api.Version;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Turns the candidates of one query into matches: reads their records in bulk, drops what is stale
 * and evaluates the filter. Used by one thread.
 *
 * <p>An entry whose record has another version is stale. If the record is old, its own entries are
 * met elsewhere. If it was written while the query runs, its entries may lie where the query has
 * been already, so it is kept as a latecomer, and yielded at the end unless it was met meanwhile.
 *
 * @param <T> the type of the items
 */
final class MatchCursor<T> {

  private final CandidateSource source;
  private final PersistencePort records;
  private final ItemMapper<T> mapper;
  private final BiFunction<String, StoredRecord, T> decoder;
  private final ReadRepair repair;
  private final Filter filter;
  private final boolean isExact;
  private final long horizonMicros;
  private final boolean keepsAllIds;

  private final Set<String> yielded = new HashSet<>();
  private final Map<String, Match<T>> latecomers = new LinkedHashMap<>();
  private boolean isExhausted;

  /**
   * A cursor.
   *
   * @param horizonMicros records written before this time were stored, with their entries, when the
   *     query began
   * @param keepsAllIds whether no item may be yielded twice although it changes while the query
   *     runs
   */
  MatchCursor(
      CandidateSource source,
      PersistencePort records,
      ItemMapper<T> mapper,
      BiFunction<String, StoredRecord, T> decoder,
      ReadRepair repair,
      Filter filter,
      boolean isExact,
      long horizonMicros,
      boolean keepsAllIds) {
    this.source = source;
    this.records = records;
    this.mapper = mapper;
    this.decoder = decoder;
    this.repair = repair;
    this.filter = filter;
    this.isExact = isExact;
    this.horizonMicros = horizonMicros;
    this.keepsAllIds = keepsAllIds;
  }

  /** Whether no more candidates follow. */
  boolean isExhausted() {
    return isExhausted;
  }

  /**
   * The matches among the next candidates; there may be none although more follow.
   *
   * @param limit how many candidates to look at, at most
   */
  List<Match<T>> next(int limit) {
    List<Candidate> candidates = source.next(limit);
    if (candidates.isEmpty()) {
      isExhausted = true;
      return List.of();
    }
    List<@Nullable StoredRecord> found =
        records.read(candidates.stream().map(Candidate::id).toList());
    List<Match<T>> matches = new ArrayList<>(candidates.size());
    List<IndexEntry> stale = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      StoredRecord record = found.get(i);
      IndexEntry entry = candidate.entry();
      boolean isCurrent =
          record != null && (entry == null || entry.ref().version().equals(record.version()));
      if (entry != null && !isCurrent) {
        stale.add(entry);
      }
      if (record == null) {
        continue;
      }
      if (isCurrent) {
        Match<T> match = match(candidate.id(), record, entry != null && isExact);
        if (match != null && firstTime(match)) {
          matches.add(match);
        }
      } else if (record.version().micros() > horizonMicros && !yielded.contains(candidate.id())) {
        Match<T> match = match(candidate.id(), record, false);
        if (match != null) {
          latecomers.put(candidate.id(), match);
        }
      }
    }
    if (!stale.isEmpty()) {
      repair.suspect(stale);
    }
    return matches;
  }

  private boolean firstTime(Match<T> match) {
    latecomers.remove(match.id());
    Version version = match.place().version();
    boolean isKept = keepsAllIds || version.micros() > horizonMicros;
    return !isKept || yielded.add(match.id());
  }

  private @Nullable Match<T> match(String id, StoredRecord record, boolean isKnownToMatch) {
    T item = decoder.apply(id, record);
    boolean matches =
        isKnownToMatch
            || FilterEvaluator.matches(filter, mapper.fields(id, item, record.payload()));
    if (!matches) {
      return null;
    }
    return new Match<>(
        new EntryRef(id, record.version(), mapper.score(item, record.version())), item);
  }

  /** The matches that were changed while the query ran and not met otherwise; to be taken last. */
  List<Match<T>> latecomers() {
    List<Match<T>> late =
        latecomers.values().stream().filter(match -> yielded.add(match.id())).toList();
    latecomers.clear();
    return late;
  }
}
