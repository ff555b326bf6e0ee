package io.stowage.core.query;

import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How the candidates of a query are found. Every item that matches is among them. */
sealed interface Access {

  /** What any of several lookups by ids or ranges finds. */
  static Access anyOf(List<Access> lookups) {
    Set<String> ids = new LinkedHashSet<>();
    Set<IndexRange> ranges = new LinkedHashSet<>();
    for (Access lookup : lookups) {
      ids.addAll(lookup.lookedUp());
      ranges.addAll(lookup.read());
    }
    if (ids.isEmpty()) {
      return new ByIndex(List.copyOf(ranges));
    }
    return ranges.isEmpty()
        ? new ById(List.copyOf(ids))
        : new Union(List.copyOf(ids), List.copyOf(ranges));
  }

  /** The ids that are looked up. */
  default List<String> lookedUp() {
    if (this instanceof Union union) {
      return union.ids();
    }
    return this instanceof ById byId ? byId.ids() : List.of();
  }

  /** The ranges that are read. */
  default List<IndexRange> read() {
    if (this instanceof Union union) {
      return union.ranges();
    }
    return this instanceof ByIndex byIndex ? byIndex.ranges() : List.of();
  }

  /** Every item of the store. */
  record Scan() implements Access {}

  /** Items by their ids; none if the list is empty. */
  record ById(List<String> ids) implements Access {}

  /** The items with an entry in at least one of several ranges. */
  record ByIndex(List<IndexRange> ranges) implements Access {}

  /** Items by their ids, and those with an entry in at least one of several ranges. */
  record Union(List<String> ids, List<IndexRange> ranges) implements Access {}

  /** The items with an entry in every one of several terms, intersected by the backend. */
  record ByIntersection(List<IndexTerm> terms) implements Access {}
}
