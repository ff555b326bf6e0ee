package io.stowage.api;

import java.util.List;
import java.util.Map;

/**
 * How a query was answered: {@link Storage#explain}.
 *
 * @param access how the candidates were found
 * @param indexes the indexes that were read, with their sizes
 * @param isOrdered whether they came in the order of the store, so that nothing was sorted
 * @param candidates how many items or index entries were looked at
 * @param stale how many index entries were dropped, because their items were written or removed
 *     since
 * @param matches how many items the query answers
 * @param withoutValue the fields that order the query, or that it compares with numbers or moments,
 *     each with how many of the items read hold neither there. Such an item is the oldest of all if
 *     the field orders, and lies in no range. What a range index serves does not meet them
 */
public record QueryReport(
    Access access,
    List<Index> indexes,
    boolean isOrdered,
    long candidates,
    long stale,
    long matches,
    Map<String, Long> withoutValue) {

  /** How the candidates of a query are found. */
  public enum Access {
    /** By their ids. */
    IDS,
    /** By the entries of indexes. */
    INDEXES,
    /** By their ids, and by the entries of indexes. */
    IDS_AND_INDEXES,
    /** By the entries of several indexes at once, intersected by the backend. */
    INTERSECTION,
    /** Every item of the store is read. */
    SCAN
  }

  /**
   * An index that was read.
   *
   * @param name its name
   * @param kind its kind
   * @param ranges how many values, or ranges of values, were read
   * @param entries how many entries these have
   */
  public record Index(String name, IndexKind kind, int ranges, long entries) {}

  public QueryReport {
    indexes = List.copyOf(indexes);
    withoutValue = Map.copyOf(withoutValue);
  }
}
