package io.stowage.core.query;

import io.stowage.api.Cursor;
import io.stowage.api.Filter;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.ScanPolicy;
import io.stowage.api.StoreOptions;
import io.stowage.api.Version;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.core.protocol.VersionClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the queries of one store. Safe for use by many threads.
 *
 * @param <T> the type of the items
 */
public final class QueryEngine<T> {

  private static final Logger LOG = LoggerFactory.getLogger(QueryEngine.class);

  /** So many entries are read at once where all are wanted: one request sees one moment. */
  private static final int ENTRIES_AT_ONCE = 50_000;

  private static final int DEFAULT_PAGE_SIZE = 100;

  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final BiFunction<String, StoredRecord, T> decoder;
  private final VersionClock clock;
  private final ReadRepair repair;
  private final StoreOptions options;
  private final Planner planner;
  private final CursorCodec cursors;

  /**
   * An engine.
   *
   * @param decoder decodes a record, or fails with an exception that names the item
   */
  public QueryEngine(
      StorePorts ports,
      ItemMapper<T> mapper,
      BiFunction<String, StoredRecord, T> decoder,
      VersionClock clock,
      ReadRepair repair,
      StoreOptions options) {
    this.ports = ports;
    this.mapper = mapper;
    this.decoder = decoder;
    this.clock = clock;
    this.repair = repair;
    this.options = options;
    this.planner = new Planner(mapper.type(), ports.indexes(), ports.intersections().isPresent());
    this.cursors = new CursorCodec(mapper.type().store());
  }

  /** The matches in the query's order, at most as many as its limit. */
  public List<Match<T>> list(Query query) {
    return select(query, null, query.limit());
  }

  /** The page after a place; the first one if there is no cursor. */
  public Page<Match<T>> page(Query query, @Nullable Cursor cursor) {
    Query ordered = query.order() == Query.Order.UNORDERED ? query.oldestFirst() : query;
    EntryRef after = cursor == null ? null : cursors.read(ordered, cursor);
    int size = query.hasLimit() ? query.limit() : DEFAULT_PAGE_SIZE;
    List<Match<T>> matches = select(ordered, after, size + 1);
    if (matches.size() <= size) {
      return new Page<>(matches, null);
    }
    List<Match<T>> items = matches.subList(0, size);
    return new Page<>(items, cursors.write(ordered, items.get(size - 1).place()));
  }

  private List<Match<T>> select(Query query, @Nullable EntryRef after, int limit) {
    Plan plan = plan(query.filter());
    boolean isInOrder = query.order() == Query.Order.UNORDERED || plan.isOrdered();
    MatchCursor<T> cursor = cursor(query, plan, after, entriesAtOnce(plan, isInOrder, limit), true);
    return isInOrder
        ? inOrder(cursor, query, plan, after, limit)
        : sorted(cursor, query, after, limit);
  }

  private int entriesAtOnce(Plan plan, boolean isInOrder, int limit) {
    if (!isInOrder || limit == Query.NO_LIMIT) {
      return ENTRIES_AT_ONCE;
    }
    return plan.isExact() ? Math.min(limit, ENTRIES_AT_ONCE) : options.batchSize();
  }

  /** Takes matches as they come until there are enough. */
  private List<Match<T>> inOrder(
      MatchCursor<T> cursor, Query query, Plan plan, @Nullable EntryRef after, int limit) {
    List<Match<T>> matches = new ArrayList<>();
    while (!cursor.isExhausted() && matches.size() < limit) {
      int missing = limit - matches.size();
      int batch = plan.isExact() ? Math.min(missing, options.batchSize()) : options.batchSize();
      addAfter(after, query, cursor.next(batch), matches);
    }
    List<Match<T>> late = cursor.latecomers();
    if (query.order() != Query.Order.UNORDERED) {
      addAfter(after, query, late, matches);
      matches.sort(order(query));
    } else {
      matches.addAll(late);
    }
    return matches.size() <= limit ? matches : List.copyOf(matches.subList(0, limit));
  }

  private static <T> void addAfter(
      @Nullable EntryRef after, Query query, List<Match<T>> found, List<Match<T>> matches) {
    found.stream().filter(match -> isAfter(match, after, query)).forEach(matches::add);
  }

  /** Looks at all matches and keeps the first ones in the order. */
  private List<Match<T>> sorted(
      MatchCursor<T> cursor, Query query, @Nullable EntryRef after, int limit) {
    Comparator<Match<T>> order = order(query);
    PriorityQueue<Match<T>> first = new PriorityQueue<>(order.reversed());
    while (!cursor.isExhausted()) {
      cursor.next(options.batchSize()).forEach(match -> keep(first, match, query, after, limit));
    }
    cursor.latecomers().forEach(match -> keep(first, match, query, after, limit));
    List<Match<T>> matches = new ArrayList<>(first);
    matches.sort(order);
    return matches;
  }

  private static <T> void keep(
      PriorityQueue<Match<T>> first,
      Match<T> match,
      Query query,
      @Nullable EntryRef after,
      int limit) {
    if (isAfter(match, after, query)) {
      first.add(match);
      if (first.size() > limit) {
        first.remove();
      }
    }
  }

  private static boolean isAfter(Match<?> match, @Nullable EntryRef after, Query query) {
    if (after == null) {
      return true;
    }
    int comparison = match.place().compareTo(after);
    boolean isBehind = direction(query) == Direction.ASCENDING ? comparison > 0 : comparison < 0;
    return isBehind && !(match.id().equals(after.id()) && match.place().score() == after.score());
  }

  private static <T> Comparator<Match<T>> order(Query query) {
    Comparator<Match<T>> oldestFirst = Comparator.comparing(Match::place);
    return direction(query) == Direction.ASCENDING ? oldestFirst : oldestFirst.reversed();
  }

  private static Direction direction(Query query) {
    return query.order() == Query.Order.NEWEST_FIRST ? Direction.DESCENDING : Direction.ASCENDING;
  }

  /**
   * The matches one by one, read a batch at a time. Where the order is not that of an index, the
   * places of all matches are found first.
   *
   * @param onRead is told of each batch that was read
   */
  public Iterator<Match<T>> iterate(Query query, Consumer<List<Match<T>>> onRead) {
    Plan plan = plan(query.filter());
    if (query.order() == Query.Order.UNORDERED || plan.isOrdered()) {
      int entries = Math.min(query.limit(), options.batchSize());
      MatchCursor<T> cursor = cursor(query, plan, null, entries, false);
      return new MatchIterator<>(cursor, options.batchSize(), query.limit(), onRead);
    }
    List<Candidate> places = places(query, plan);
    MatchCursor<T> again = cursor(new ListSource(places), query.filter(), false, false);
    return new MatchIterator<>(again, options.batchSize(), query.limit(), onRead);
  }

  private List<Candidate> places(Query query, Plan plan) {
    MatchCursor<T> cursor = cursor(query, plan, null, options.batchSize(), true);
    Comparator<EntryRef> order =
        direction(query) == Direction.ASCENDING
            ? Comparator.naturalOrder()
            : Comparator.reverseOrder();
    PriorityQueue<EntryRef> first = new PriorityQueue<>(order.reversed());
    while (!cursor.isExhausted()) {
      cursor.next(options.batchSize()).forEach(match -> keep(first, match.place(), query.limit()));
    }
    cursor.latecomers().forEach(match -> keep(first, match.place(), query.limit()));
    return first.stream().sorted(order).map(place -> new Candidate(place.id(), null)).toList();
  }

  private static void keep(PriorityQueue<EntryRef> first, EntryRef place, int limit) {
    first.add(place);
    if (first.size() > limit) {
      first.remove();
    }
  }

  /** How many items match, exactly. */
  public long count(Filter filter) {
    Plan plan = plan(filter);
    Query query = Query.matching(filter);
    if (plan.isExact() && !(plan.access() instanceof Access.ById)) {
      return countVersions(source(plan, query, null, ENTRIES_AT_ONCE), filter);
    }
    MatchCursor<T> cursor = cursor(query, plan, null, ENTRIES_AT_ONCE, true);
    long count = 0;
    while (!cursor.isExhausted()) {
      count += cursor.next(options.batchSize()).size();
    }
    return count + cursor.latecomers().size();
  }

  /** An entry that matches its record's version counts; one that was changed meanwhile is read. */
  private long countVersions(CandidateSource source, Filter filter) {
    long horizon = horizon();
    Set<String> counted = new HashSet<>();
    Set<String> changed = new LinkedHashSet<>();
    List<Candidate> candidates = source.next(options.batchSize());
    while (!candidates.isEmpty()) {
      List<@Nullable Version> stored =
          ports.records().versions(candidates.stream().map(Candidate::id).toList());
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
      candidates = source.next(options.batchSize());
    }
    changed.removeAll(counted);
    return counted.size() + countMatches(List.copyOf(changed), filter);
  }

  private long countMatches(List<String> ids, Filter filter) {
    MatchCursor<T> cursor =
        cursor(
            new ListSource(ids.stream().map(id -> new Candidate(id, null)).toList()),
            filter,
            false,
            true);
    long count = 0;
    while (!cursor.isExhausted()) {
      count += cursor.next(options.batchSize()).size();
    }
    return count;
  }

  /** About how many items match, from the sizes of the indexes; never fewer than there are. */
  public long estimateCount(Filter filter) {
    long size = planner.smallestSize(filter);
    return size < 0 ? count(filter) : size;
  }

  private Plan plan(Filter filter) {
    Plan plan = planner.plan(filter);
    if (plan.access() instanceof Access.Scan && options.scanPolicy() != ScanPolicy.ALLOW) {
      String message =
          "no index serves the filter "
              + filter
              + ", so every item must be read; declared are "
              + mapper.definition().indexes();
      if (options.scanPolicy() == ScanPolicy.FORBID) {
        throw AdapterException.refused("scan is forbidden: " + message, null);
      }
      LOG.warn("query on store '{}': {}", mapper.type().store(), message);
    }
    return plan;
  }

  private MatchCursor<T> cursor(
      Query query, Plan plan, @Nullable EntryRef after, int entries, boolean keepsAllIds) {
    return cursor(source(plan, query, after, entries), query.filter(), plan.isExact(), keepsAllIds);
  }

  private MatchCursor<T> cursor(
      CandidateSource source, Filter filter, boolean isExact, boolean keepsAllIds) {
    return new MatchCursor<>(
        source, ports.records(), mapper, decoder, repair, filter, isExact, horizon(), keepsAllIds);
  }

  /** What was written before this time was stored, with its entries, when the query began. */
  private long horizon() {
    return clock.micros() - options.gracePeriod().toNanos() / 1_000;
  }

  private CandidateSource source(Plan plan, Query query, @Nullable EntryRef after, int entries) {
    Access access = plan.access();
    if (access instanceof Access.ById byId) {
      return new ListSource(
          byId.ids().stream()
              .filter(id -> !id.isEmpty())
              .map(id -> new Candidate(id, null))
              .toList());
    }
    if (access instanceof Access.ByIndex byIndex) {
      boolean mayBeginAfter = plan.isOrdered();
      return new EntrySource(
          ports.indexes(),
          byIndex.ranges(),
          direction(query),
          mayBeginAfter ? after : null,
          entries);
    }
    if (access instanceof Access.ByIntersection byIntersection) {
      return intersection(byIntersection, direction(query), after);
    }
    return new ScanSource(ports.records());
  }

  private CandidateSource intersection(
      Access.ByIntersection access, Direction direction, @Nullable EntryRef after) {
    IntersectionPort port = ports.intersections().orElseThrow();
    List<EntryRef> refs = port.intersect(access.terms(), direction);
    return new ListSource(
        refs.stream()
            .filter(
                ref ->
                    after == null
                        || (direction == Direction.ASCENDING
                            ? ref.compareTo(after) > 0
                            : ref.compareTo(after) < 0))
            .map(ref -> new Candidate(ref.id(), new IndexEntry(access.terms().get(0), ref)))
            .toList());
  }
}
