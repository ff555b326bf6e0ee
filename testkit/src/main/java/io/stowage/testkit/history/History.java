package io.stowage.testkit.history;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The operations on some items, each of which was absent at the beginning. Immutable.
 *
 * @param items the operations of each item by its id, in any order
 */
public record History(Map<String, List<Operation>> items) {

  public History {
    TreeMap<String, List<Operation>> copy = new TreeMap<>();
    items.forEach((id, operations) -> copy.put(id, List.copyOf(operations)));
    items = java.util.Collections.unmodifiableMap(copy);
  }

  /** How many operations there are on all items. */
  public int size() {
    return items.values().stream().mapToInt(List::size).sum();
  }
}
