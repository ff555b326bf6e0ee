package io.stowage.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which items, in what order, and how many at most. Immutable; begin with {@link #where}, {@link
 * #matching} or {@link #all}.
 *
 * @param filter the condition that every item must meet
 * @param order the order of the items
 * @param limit how many items at most; {@link #NO_LIMIT} if there is no limit
 */
public record Query(Filter filter, Order order, int limit) {

  /** The limit of a query without a limit. */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  /** The order of a query's items. */
  public enum Order {
    /**
     * Whatever order costs least. A query with a limit may then answer with any of the items that
     * match.
     */
    UNORDERED,
    /** By the order field, or the time of the save if the type names none, least first. */
    OLDEST_FIRST,
    /** By the order field, or the time of the save if the type names none, greatest first. */
    NEWEST_FIRST
  }

  public Query {
    Limits.check("limit", limit, 1, NO_LIMIT);
  }

  /** Every item of the store. */
  public static Query all() {
    return matching(Filter.all());
  }

  /** The items that match a filter. */
  public static Query matching(Filter filter) {
    return new Query(filter, Order.UNORDERED, NO_LIMIT);
  }

  /**
   * The items that match a filter in the form of a map.
   *
   * @throws IllegalArgumentException if the map is no filter; see {@link Filter#parse}
   */
  public static Query matching(Map<String, ?> filter) {
    return matching(Filter.parse(filter));
  }

  /** Begins a query with a condition on a field. */
  public static Condition where(String field) {
    return new Condition(field, Query::matching);
  }

  /** Adds a condition on a field; both must hold. */
  public Condition and(String field) {
    return new Condition(field, this::and);
  }

  /** Adds a condition; both must hold. Any number may be added: they stay on one level. */
  public Query and(Filter condition) {
    List<Filter> conditions = new ArrayList<>();
    if (filter instanceof Filter.And and) {
      conditions.addAll(and.conditions());
    } else {
      conditions.add(filter);
    }
    conditions.add(condition);
    return new Query(new Filter.And(conditions), order, limit);
  }

  public Query newestFirst() {
    return new Query(filter, Order.NEWEST_FIRST, limit);
  }

  public Query oldestFirst() {
    return new Query(filter, Order.OLDEST_FIRST, limit);
  }

  /**
   * The same query with a limit.
   *
   * @param items how many items at most; 1 or more
   */
  public Query limit(int items) {
    return new Query(filter, order, items);
  }

  public boolean hasLimit() {
    return limit != NO_LIMIT;
  }

  /** A condition on a field that still lacks its operator. */
  public static final class Condition {

    private final String field;
    private final Function<Filter, Query> completion;

    private Condition(String field, Function<Filter, Query> completion) {
      this.field = Limits.checkField(field);
      this.completion = completion;
    }

    public Query is(Object value) {
      return completion.apply(Filter.eq(field, value));
    }

    public Query isNot(Object value) {
      return completion.apply(Filter.ne(field, value));
    }

    public Query in(Collection<?> values) {
      return completion.apply(Filter.in(field, values));
    }

    public Query notIn(Collection<?> values) {
      return completion.apply(Filter.nin(field, values));
    }

    public Query greaterThan(Object value) {
      return completion.apply(Filter.gt(field, value));
    }

    public Query atLeast(Object value) {
      return completion.apply(Filter.gte(field, value));
    }

    public Query lessThan(Object value) {
      return completion.apply(Filter.lt(field, value));
    }

    public Query atMost(Object value) {
      return completion.apply(Filter.lte(field, value));
    }

    public Query exists() {
      return completion.apply(Filter.exists(field));
    }

    public Query isMissing() {
      return completion.apply(Filter.missing(field));
    }
  }
}
