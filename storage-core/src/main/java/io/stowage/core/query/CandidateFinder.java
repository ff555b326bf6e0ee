package io.stowage.core.query;

import io.stowage.api.Filter;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.core.definition.IndexState;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.item.Place;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.core.protocol.VersionClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.StorePorts;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plans queries, and opens sources of candidates and cursors of matches for their plans. */
final class CandidateFinder<T> {

  /** So many entries are read at once where all are wanted: one request sees one moment. */
  static final int ENTRIES_AT_ONCE = 50_000;

  private static final Version FIRST_VERSION = new Version(0);

  private static final Logger LOG = LoggerFactory.getLogger(CandidateFinder.class);

  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final RecordDecoder<T> decoder;
  private final VersionClock clock;
  private final ReadRepair repair;
  private final StoreOptions options;
  private final ReadyIndexes indexes;
  private final Planner planner;
  private final @Nullable Watch watch;

  CandidateFinder(
      StorePorts ports,
      ItemMapper<T> mapper,
      RecordDecoder<T> decoder,
      VersionClock clock,
      ReadRepair repair,
      StoreOptions options) {
    this.ports = ports;
    this.mapper = mapper;
    this.decoder = decoder;
    this.clock = clock;
    this.repair = repair;
    this.options = options;
    this.indexes = new ReadyIndexes(ports, mapper.live(), mapper.type().schemaVersion());
    this.planner = new Planner(mapper, indexes);
    this.watch = null;
  }

  private CandidateFinder(
      CandidateFinder<T> other, RecordDecoder<T> decoder, @Nullable Watch watch) {
    this.ports = other.ports;
    this.mapper = other.mapper;
    this.decoder = decoder;
    this.clock = other.clock;
    this.repair = other.repair;
    this.options = other.options;
    this.indexes = other.indexes;
    this.planner = other.planner;
    this.watch = watch;
  }

  /** The same finder with another decoder of records. */
  CandidateFinder<T> decodingWith(RecordDecoder<T> other) {
    return new CandidateFinder<>(this, other, watch);
  }

  /** The same finder, whose cursors tell what they look at. */
  CandidateFinder<T> watchedBy(Watch observer) {
    return new CandidateFinder<>(this, decoder, observer);
  }

  /** A watch over what a query looks at. */
  Watch watch(Query query) {
    Optional<String> order = mapper.type().order().map(ItemType.Order::name);
    return new Watch(
        query.filter(), query.order() == Query.Order.UNORDERED ? Optional.empty() : order);
  }

  /** How many entries each range has. */
  List<Long> sizes(List<IndexRange> ranges) {
    return ranges.isEmpty() ? List.of() : indexes.sizes(ranges);
  }

  /** Which entries a query must see at once, if the plan yields the store's order. */
  Ties ties(Query query, Plan plan) {
    boolean goesByField =
        plan.isOrdered()
            && query.order() != Query.Order.UNORDERED
            && mapper.type().order().isPresent();
    return goesByField ? Ties.OF_SHARED_SCORES : Ties.NONE;
  }

  /** Where to begin so that nothing behind a place is missed. */
  private static @Nullable EntryRef before(@Nullable Place after, Direction direction, Ties ties) {
    if (after == null || !ties.mayHold(after.ref())) {
      return after == null ? null : after.ref();
    }
    double score = after.score();
    return direction == Direction.ASCENDING
        ? new EntryRef("", FIRST_VERSION, score)
        : new EntryRef("", FIRST_VERSION, Math.nextUp(score));
  }

  /** The direction in which a query reads the store's order. */
  static Direction direction(Query query) {
    return query.order() == Query.Order.NEWEST_FIRST ? Direction.DESCENDING : Direction.ASCENDING;
  }

  /** The fewest entries that an index has for the filter; negative if no index serves it. */
  long smallestSize(Filter filter) {
    return planner.smallestSize(filter);
  }

  /**
   * Chooses how to find the candidates.
   *
   * @throws AdapterException if that is a scan, and scans are forbidden
   */
  Plan plan(Filter filter) {
    Plan plan = planner.plan(filter);
    if (plan.access() instanceof Access.Scan && options.scanPolicy() != ScanPolicy.ALLOW) {
      String message =
          "no index serves the filter " + filter + ", so every item must be read; " + usable();
      if (options.scanPolicy() == ScanPolicy.FORBID) {
        throw AdapterException.refused("scan is forbidden: " + message, null);
      }
      LOG.warn("query on store '{}': {}", mapper.type().store(), message);
    }
    return plan;
  }

  /** Which indexes there are for queries, or why there are none. */
  private String usable() {
    StoredDefinition now = mapper.live().latest();
    int schemaVersion = mapper.type().schemaVersion();
    return now.schema().isTrustedBy(schemaVersion)
        ? "declared are " + now.in(IndexState.READY)
        : "the indexes are of schema version "
            + now.schema().version()
            + " and items of "
            + schemaVersion
            + " until a reindex";
  }

  /**
   * Opens a cursor on what a plan finds.
   *
   * @param after where the plan yields the store's order, begin after this place
   * @param entries how many index entries to read at once
   * @param keepsAllIds whether no item may be yielded twice although it changes meanwhile
   */
  MatchCursor<T> cursor(
      Query query, Plan plan, @Nullable Place after, int entries, boolean keepsAllIds) {
    long horizon = horizon();
    CandidateSource source = source(plan, query, after, entries);
    return cursor(source, query.filter(), plan.isExact(), horizon, keepsAllIds);
  }

  /** Opens a cursor on items whose ids are known already. */
  MatchCursor<T> cursor(List<String> ids, Filter filter, boolean keepsAllIds) {
    ListSource source = new ListSource(ids.stream().map(id -> new Candidate(id, null)).toList());
    return cursor(source, filter, false, horizon(), keepsAllIds);
  }

  private MatchCursor<T> cursor(
      CandidateSource source, Filter filter, boolean isExact, long horizon, boolean keepsAllIds) {
    return new MatchCursor<>(
        source,
        ports.records(),
        mapper,
        decoder,
        repair,
        filter,
        isExact,
        horizon,
        keepsAllIds,
        watch);
  }

  /**
   * What was written before this time was stored, with its entries, when the query began. To be
   * taken before any entry is read: what changes from then on is recent, however long that takes.
   */
  long horizon() {
    return clock.micros() - options.gracePeriod().toNanos() / 1_000;
  }

  /** The candidates that a plan finds. */
  CandidateSource source(Plan plan, Query query, @Nullable Place place, int entriesAtOnce) {
    Access access = plan.access();
    Direction direction = direction(query);
    Ties ties = ties(query, plan);
    EntryRef after = plan.isOrdered() ? before(place, direction, ties) : null;
    if (access instanceof Access.ById byId) {
      return lookUp(byId.ids());
    }
    if (access instanceof Access.Union union) {
      CandidateSource entries =
          new EntrySource(indexes, union.ranges(), direction, null, entriesAtOnce, ties);
      return new UnionSource(lookUp(union.ids()), union.ids(), entries);
    }
    if (access instanceof Access.ByIndex byIndex) {
      return new EntrySource(indexes, byIndex.ranges(), direction, after, entriesAtOnce, ties);
    }
    if (access instanceof Access.ByIntersection byIntersection) {
      return intersection(byIntersection, direction, after, ties);
    }
    return new ScanSource(ports.records());
  }

  private static CandidateSource lookUp(List<String> ids) {
    return new ListSource(
        ids.stream().filter(id -> !id.isEmpty()).map(id -> new Candidate(id, null)).toList());
  }

  private CandidateSource intersection(
      Access.ByIntersection access, Direction direction, @Nullable EntryRef after, Ties ties) {
    List<EntryRef> refs = indexes.intersect(access.terms(), direction);
    return new ListSource(
        refs.stream()
            .filter(
                ref ->
                    after == null
                        || (direction == Direction.ASCENDING
                            ? ref.compareTo(after) > 0
                            : ref.compareTo(after) < 0))
            .map(ref -> new Candidate(ref.id(), new IndexEntry(access.terms().get(0), ref)))
            .toList(),
        ties);
  }
}
