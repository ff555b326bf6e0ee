package io.stowage.core.query;

import io.stowage.api.Filter;
import io.stowage.api.Version;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.ReadRepair;
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
 * again at the end. So are those that the source says it may have missed.
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
  private final @Nullable Watch watch;

  private final Set<String> yielded = new HashSet<>();
  private final Set<String> latecomers = new LinkedHashSet<>();

  /** The versions of entries and records written lately that were looked at. */
  private final Set<Version> seen = new HashSet<>();

  private boolean isExhausted;
  private boolean hasLookedAgain;

  /**
   * A cursor.
   *
   * @param horizonMicros records written before this time were stored, with their entries, when the
   *     query began
   * @param keepsAllIds whether no item may be yielded twice although it changes while the query
   *     runs
   * @param watch counts what is looked at; null if nobody wants to know
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
      boolean keepsAllIds,
      @Nullable Watch watch) {
    this.source = source;
    this.records = records;
    this.mapper = mapper;
    this.decoder = decoder;
    this.repair = repair;
    this.filter = new FilterEvaluator(filter, mapper.isIdPlain());
    this.isExact = isExact;
    this.horizonMicros = horizonMicros;
    this.keepsAllIds = keepsAllIds;
    this.watch = watch;
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
    if (!hasLookedAgain) {
      hasLookedAgain = true;
      source.overtaken(horizonMicros, !keepsAllIds).stream()
          .filter(this::isUnknown)
          .map(Candidate::id)
          .forEach(latecomers::add);
    }
    List<Candidate> taken =
        latecomers.stream().limit(limit).map(id -> new Candidate(id, null)).toList();
    taken.forEach(candidate -> latecomers.remove(candidate.id()));
    return taken;
  }

  private boolean isUnknown(Candidate candidate) {
    IndexEntry entry = candidate.entry();
    boolean isSeen = entry != null && seen.contains(entry.ref().version());
    return !isSeen && !yielded.contains(candidate.id());
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
      noteSeen(entry, record);
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
    if (watch != null) {
      watch.lookedAt(candidates.size(), stale.size());
    }
    return matches;
  }

  private void noteSeen(@Nullable IndexEntry entry, @Nullable StoredRecord record) {
    Version version =
        entry != null ? entry.ref().version() : record != null ? record.version() : null;
    if (version != null && version.micros() > horizonMicros) {
      seen.add(version);
    }
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
    if (watch != null) {
      watch.read(mapper.fields(image));
    }
    boolean isToldByEntry = isKnownToMatch && !image.isOlder();
    boolean matches = isToldByEntry || filter.matches(mapper.fields(image));
    if (!matches) {
      return null;
    }
    T item = image.item();
    return new Match<>(mapper.place(image.id(), item, version), item);
  }
}
