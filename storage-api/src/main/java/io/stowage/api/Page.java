package io.stowage.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of a query's items.
 *
 * @param items the items in the query's order; unmodifiable
 * @param following where the next page begins, or null if this is the last
 * @param <T> the type of the items
 */
public record Page<T>(List<T> items, @Nullable Cursor following) {

  public Page {
    items = List.copyOf(items);
  }

  /** Where the next page begins; empty if this page is the last. */
  public Optional<Cursor> next() {
    return Optional.ofNullable(following);
  }
}
