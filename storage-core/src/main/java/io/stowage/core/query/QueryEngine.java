package io.stowage.core.query;

import io.stowage.api.Cursor;
import io.stowage.api.Filter;
import io.stowage.api.Page;
import io.stowage.api.Query;
import io.stowage.api.QueryReport;
import io.stowage.api.StoreOptions;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.item.Place;
import io.stowage.core.protocol.ReadRepair;
import io.stowage.core.protocol.VersionClock;
import io.stowage.spi.Direction;
import io.stowage.spi.StorePorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers the queries of one store. Safe for use by many threads.
 *
 * @param <T> the type of the items
 */
public final class QueryEngine<T> {

  private static final int DEFAULT_PAGE_SIZE = 100;

  private final StorePorts ports;
  private final CandidateFinder<T> finder;
  private final MatchCounter<T> counter;
  private final int batchSize;
  private final CursorCodec cursors;
  private final StoredOperands operands;

  /**
   * An engine.
   *
   * @param decoder decodes a record, or fails with an exception that names the item
   */
  public QueryEngine(
      StorePorts ports,
      ItemMapper<T> mapper,
      RecordDecoder<T> decoder,
      VersionClock clock,
      ReadRepair repair,
      StoreOptions options) {
    this(
        ports,
        new CandidateFinder<>(ports, mapper, decoder, clock, repair, options),
        options.batchSize(),
        new CursorCodec(mapper.type().store()),
        new StoredOperands(mapper));
  }

  private QueryEngine(
      StorePorts ports,
      CandidateFinder<T> finder,
      int batchSize,
      CursorCodec cursors,
      StoredOperands operands) {
    this.ports = ports;
    this.finder = finder;
    this.counter = new MatchCounter<>(finder, ports.records(), batchSize);
    this.batchSize = batchSize;
    this.cursors = cursors;
    this.operands = operands;
  }

  /** The same engine with another decoder of records. */
  public QueryEngine<T> decodingWith(RecordDecoder<T> decoder) {
    return new QueryEngine<>(ports, finder.decodingWith(decoder), batchSize, cursors, operands);
  }

  /** The matches in the query's order, at most as many as its limit. */
  public List<Match<T>> list(Query query) {
    Query stored = operands.of(query);
    return select(stored, finder.plan(stored.filter()), null, query.limit());
  }

  /** Runs a query as {@link #list} does, and says how. */
  public QueryReport explain(Query given) {
    Query query = operands.of(given);
    Watch watch = finder.watch(query);
    Plan plan = finder.plan(query.filter());
    List<Long> sizes = finder.sizes(Explanations.ranges(plan));
    QueryEngine<T> watched =
        new QueryEngine<>(ports, finder.watchedBy(watch), batchSize, cursors, operands);
    int matches = watched.select(query, plan, null, query.limit()).size();
    return Explanations.report(plan, sizes, watch, matches);
  }

  /** The page after a place; the first one if there is no cursor. */
  public Page<Match<T>> page(Query query, @Nullable Cursor cursor) {
    Query stored = operands.of(query);
    Query ordered = stored.order() == Query.Order.UNORDERED ? stored.oldestFirst() : stored;
    Place after = cursor == null ? null : cursors.read(ordered, cursor);
    int size = query.hasLimit() ? query.limit() : DEFAULT_PAGE_SIZE;
    List<Match<T>> matches = select(ordered, finder.plan(ordered.filter()), after, size + 1);
    if (matches.size() <= size) {
      return new Page<>(matches, null);
    }
    List<Match<T>> items = matches.subList(0, size);
    return new Page<>(items, cursors.write(ordered, items.get(size - 1).place()));
  }

  private List<Match<T>> select(Query query, Plan plan, @Nullable Place after, int limit) {
    boolean isInOrder = query.order() == Query.Order.UNORDERED || plan.isOrdered();
    MatchCursor<T> cursor =
        finder.cursor(query, plan, after, entriesAtOnce(query, plan, isInOrder, limit), true);
    return isInOrder
        ? inOrder(cursor, query, plan, after, limit)
        : sorted(cursor, query, after, limit);
  }

  /** One more than are wanted shows whether the last of them is alone at its place. */
  private int entriesAtOnce(Query query, Plan plan, boolean isInOrder, int limit) {
    if (!isInOrder || limit >= CandidateFinder.ENTRIES_AT_ONCE) {
      return CandidateFinder.ENTRIES_AT_ONCE;
    }
    int wanted = finder.ties(query, plan) == Ties.NONE ? limit : limit + 1;
    return plan.isExact() ? wanted : batchSize;
  }

  /** Takes matches as they come until there are enough. */
  private List<Match<T>> inOrder(
      MatchCursor<T> cursor, Query query, Plan plan, @Nullable Place after, int limit) {
    List<Match<T>> matches = new ArrayList<>();
    int batch = plan.isExact() ? Math.min(limit, batchSize) : batchSize;
    while (!cursor.isExhausted() && matches.size() < limit) {
      addAfter(after, query, cursor.next(batch), matches);
      batch = batchSize;
    }
    addAfter(after, query, cursor.latecomers(batchSize), matches);
    if (query.order() != Query.Order.UNORDERED) {
      matches.sort(order(query));
    }
    return matches.size() <= limit ? matches : List.copyOf(matches.subList(0, limit));
  }

  private static <T> void addAfter(
      @Nullable Place after, Query query, List<Match<T>> found, List<Match<T>> matches) {
    found.stream().filter(match -> isAfter(match, after, query)).forEach(matches::add);
  }

  /** Looks at all matches and keeps the first ones in the order. */
  private List<Match<T>> sorted(
      MatchCursor<T> cursor, Query query, @Nullable Place after, int limit) {
    Comparator<Match<T>> order = order(query);
    PriorityQueue<Match<T>> first = new PriorityQueue<>(order.reversed());
    while (!cursor.isExhausted()) {
      cursor.next(batchSize).forEach(match -> keep(first, match, query, after, limit));
    }
    List<Match<T>> matches = new ArrayList<>(first);
    matches.sort(order);
    return matches;
  }

  private static <T> void keep(
      PriorityQueue<Match<T>> first,
      Match<T> match,
      Query query,
      @Nullable Place after,
      int limit) {
    if (isAfter(match, after, query)) {
      first.add(match);
      if (first.size() > limit) {
        first.remove();
      }
    }
  }

  private static boolean isAfter(Match<?> match, @Nullable Place after, Query query) {
    if (after == null) {
      return true;
    }
    int comparison = match.place().compareTo(after);
    boolean isBehind =
        CandidateFinder.direction(query) == Direction.ASCENDING ? comparison > 0 : comparison < 0;
    return isBehind && !(match.id().equals(after.id()) && match.place().score() == after.score());
  }

  private static <T> Comparator<Match<T>> order(Query query) {
    Comparator<Match<T>> oldestFirst = Comparator.comparing(Match::place);
    return CandidateFinder.direction(query) == Direction.ASCENDING
        ? oldestFirst
        : oldestFirst.reversed();
  }

  /**
   * The matches one by one, read a batch at a time. Where the order is not that of an index, the
   * places of all matches are found first.
   *
   * @param onTaken is told of the matches that were taken, a batch at a time
   */
  public MatchIterator<T> iterate(Query given, Consumer<List<Match<T>>> onTaken) {
    Query query = operands.of(given);
    Plan plan = finder.plan(query.filter());
    if (query.order() == Query.Order.UNORDERED || plan.isOrdered()) {
      int entries = Math.min(query.limit(), batchSize);
      MatchCursor<T> cursor = finder.cursor(query, plan, null, entries, false);
      Comparator<Match<T>> order = finder.ties(query, plan) == Ties.NONE ? null : order(query);
      return new MatchIterator<>(cursor, batchSize, query.limit(), order, onTaken);
    }
    MatchCursor<T> again = finder.cursor(idsInOrder(query, plan), query.filter(), false);
    return new MatchIterator<>(again, batchSize, query.limit(), null, onTaken);
  }

  private List<String> idsInOrder(Query query, Plan plan) {
    MatchCursor<T> cursor = finder.cursor(query, plan, null, batchSize, true);
    Comparator<Place> order =
        CandidateFinder.direction(query) == Direction.ASCENDING
            ? Comparator.naturalOrder()
            : Comparator.reverseOrder();
    PriorityQueue<Place> first = new PriorityQueue<>(order.reversed());
    while (!cursor.isExhausted()) {
      cursor.next(batchSize).forEach(match -> keep(first, match.place(), query.limit()));
    }
    return first.stream().sorted(order).map(Place::id).toList();
  }

  private static void keep(PriorityQueue<Place> first, Place place, int limit) {
    first.add(place);
    if (first.size() > limit) {
      first.remove();
    }
  }

  /** How many items match, exactly. */
  public long count(Filter filter) {
    return counter.count(operands.of(filter));
  }

  /** About how many items match, from the sizes of the indexes; never fewer than there are. */
  public long estimateCount(Filter filter) {
    return counter.estimate(operands.of(filter));
  }
}
