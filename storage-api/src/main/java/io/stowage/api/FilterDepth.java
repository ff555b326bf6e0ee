package io.stowage.api;

import java.util.List;

/** Keeps filters from being nested so deep that what walks through them runs out of stack. */
final class FilterDepth {

  private FilterDepth() {}

  /**
   * Checks the conditions of a filter that is being made; each of them was checked when it was.
   *
   * @throws IllegalArgumentException if the filter would be too deep
   */
  static void check(List<Filter> conditions) {
    if (1 + deepest(conditions) > Filter.MAX_DEPTH) {
      throw tooDeep();
    }
  }

  static IllegalArgumentException tooDeep() {
    return new IllegalArgumentException(
        "filter is nested deeper than "
            + Filter.MAX_DEPTH
            + " levels; allowed are "
            + Filter.MAX_DEPTH
            + " (many conditions beside each other in one and, or or in are one level)");
  }

  private static int deepest(List<Filter> conditions) {
    int deepest = 0;
    for (Filter condition : conditions) {
      deepest = Math.max(deepest, depth(condition));
    }
    return deepest;
  }

  private static int depth(Filter filter) {
    if (filter instanceof Filter.And and) {
      return 1 + deepest(and.conditions());
    }
    if (filter instanceof Filter.Or or) {
      return 1 + deepest(or.conditions());
    }
    return filter instanceof Filter.Not not ? 1 + depth(not.condition()) : 0;
  }
}
