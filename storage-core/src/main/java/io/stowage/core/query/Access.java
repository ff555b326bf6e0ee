package io.stowage.core.query;

import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.util.List;

/** How the candidates of a query are found. Every item that matches is among them. */
sealed interface Access {

  /** Every item of the store. */
  record Scan() implements Access {}

  /** Items by their ids; none if the list is empty. */
  record ById(List<String> ids) implements Access {}

  /** The items with an entry in at least one of several ranges. */
  record ByIndex(List<IndexRange> ranges) implements Access {}

  /** The items with an entry in every one of several terms, intersected by the backend. */
  record ByIntersection(List<IndexTerm> terms) implements Access {}
}
