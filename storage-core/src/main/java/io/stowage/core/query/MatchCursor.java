package io.stowage.core.query;

import io.stowage.api.Filter;
import io.stowage.api.Version;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the candidates of one query into matches: reads their records in bulk, drops what is stale
 * and evaluates the filter. Used by one thread.
 *
 * <p>An entry stands for its conditions only if its record is of the present schema version; of an
 * older one it may have been made from another shape of the item.
 *
 * <p>An entry whose record has another version is stale. If the record is old, its own entries are
 * met elsewhere. If it was written while the query runs, its entries may lie where the query has
 * been already, so its id is kept as a latecomer; unless it is met meanwhile, the record is read
 * again at the end.
 *
 * @param <T> the type of the items
 */
final class MatchCursor<T> {

  private final CandidateSource source;
  private final PersistencePort records;
  private final ItemMapper<T> mapper;
  private final RecordDecoder<T> decoder;
  private final ReadRepair repair;
  private final FilterEvaluator filter;
  private final boolean isExact;
  private final long horizonMicros;
  private final boolean keepsAllIds;

  private final Set<String> yielded = new HashSet<>();
  private final Set<String> latecomers = new LinkedHashSet<>();
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
      RecordDecoder<T> decoder,
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
    this.filter = new FilterEvaluator(filter);
    this.isExact = isExact;
    this.horizonMicros = horizonMicros;
    this.keepsAllIds = keepsAllIds;
  }

  /** Whether no more candidates follow. */
  boolean isExhausted() {
    return isExhausted;
  }

  /**
   * The matches among the next candidates, and among the latecomers once there are no more; there
   * may be none although more follow.
   *
   * @param limit how many candidates to look at, at most
   */
  List<Match<T>> next(int limit) {
    List<Candidate> candidates = source.next(limit);
    if (candidates.isEmpty()) {
      candidates = takeLatecomers(limit);
    }
    isExhausted = candidates.isEmpty();
    return isExhausted ? List.of() : matches(candidates);
  }

  /** The matches among the latecomers so far, for a query that needs no more candidates. */
  List<Match<T>> latecomers(int batchSize) {
    List<Match<T>> matches = new ArrayList<>();
    List<Candidate> candidates = takeLatecomers(batchSize);
    while (!candidates.isEmpty()) {
      matches.addAll(matches(candidates));
      candidates = takeLatecomers(batchSize);
    }
    return matches;
  }

  private List<Candidate> takeLatecomers(int limit) {
    List<Candidate> taken =
        latecomers.stream().limit(limit).map(id -> new Candidate(id, null)).toList();
    taken.forEach(candidate -> latecomers.remove(candidate.id()));
    return taken;
  }

  private List<Match<T>> matches(List<Candidate> candidates) {
    List<@Nullable StoredRecord> found =
        records.read(candidates.stream().map(Candidate::id).toList());
    List<Match<T>> matches = new ArrayList<>(candidates.size());
    List<IndexEntry> stale = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      StoredRecord record = found.get(i);
      IndexEntry entry = candidate.entry();
      boolean isStale =
          entry != null && (record == null || !entry.ref().version().equals(record.version()));
      if (isStale) {
        stale.add(entry);
        noteLatecomer(candidate.id(), record);
      } else if (record != null) {
        Match<T> match = match(candidate.id(), record, entry != null && isExact);
        if (match != null && firstTime(match)) {
          matches.add(match);
        }
      }
    }
    if (!stale.isEmpty()) {
      repair.suspect(stale);
    }
    return matches;
  }

  private void noteLatecomer(String id, @Nullable StoredRecord record) {
    boolean isRecent = record != null && record.version().micros() > horizonMicros;
    if (isRecent && !yielded.contains(id)) {
      latecomers.add(id);
    }
  }

  private boolean firstTime(Match<T> match) {
    latecomers.remove(match.id());
    Version version = match.place().version();
    boolean isKept = keepsAllIds || version.micros() > horizonMicros;
    return !isKept || yielded.add(match.id());
  }

  private @Nullable Match<T> match(String id, StoredRecord record, boolean isKnownToMatch) {
    return decoder.match(id, record, image -> match(image, record.version(), isKnownToMatch));
  }

  private @Nullable Match<T> match(ItemImage<T> image, Version version, boolean isKnownToMatch) {
    boolean isToldByEntry = isKnownToMatch && !image.isOlder();
    boolean matches = isToldByEntry || filter.matches(mapper.fields(image));
    if (!matches) {
      return null;
    }
    T item = image.item();
    return new Match<>(new EntryRef(image.id(), version, mapper.score(item, version)), item);
  }
}
