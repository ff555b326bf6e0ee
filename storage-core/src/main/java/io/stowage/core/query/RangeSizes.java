package io.stowage.core.query;

import io.stowage.core.query.Conditions.Option;
import io.stowage.spi.IndexRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How many candidates options lead to, from the sizes of the ranges that they read. */
final class RangeSizes {

  /**
   * An option, and what it leads to if each branch of an {@code or} takes its smallest.
   *
   * @param access the way
   * @param size how many candidates there are at most
   */
  record Choice(Option option, Access access, long size) {}

  private final Map<IndexRange, Long> sizes;

  private RangeSizes(Map<IndexRange, Long> sizes) {
    this.sizes = sizes;
  }

  /** Asks for the sizes of all ranges of some options, in one request. */
  static RangeSizes of(List<Option> options, ReadyIndexes indexes) {
    Set<IndexRange> all = new LinkedHashSet<>();
    options.forEach(option -> collect(option, all));
    List<IndexRange> ranges = List.copyOf(all);
    List<Long> answer = indexes.sizes(ranges);
    Map<IndexRange, Long> sizes = new HashMap<>();
    for (int i = 0; i < ranges.size(); i++) {
      sizes.put(ranges.get(i), answer.get(i));
    }
    return new RangeSizes(sizes);
  }

  private static void collect(Option option, Set<IndexRange> ranges) {
    ranges.addAll(option.access().read());
    option.branches().forEach(branch -> branch.forEach(way -> collect(way, ranges)));
  }

  /**
   * The option with the fewest candidates; of equal ones the first. Each option within is looked at
   * once, however deep it is nested.
   */
  Choice smallest(List<Option> options) {
    Choice smallest = choice(options.get(0));
    for (Option option : options.subList(1, options.size())) {
      Choice next = choice(option);
      smallest = next.size() < smallest.size() ? next : smallest;
    }
    return smallest;
  }

  private Choice choice(Option option) {
    Access access = option.access();
    if (!option.branches().isEmpty()) {
      List<Access> chosen = new ArrayList<>();
      option.branches().forEach(branch -> chosen.add(smallest(branch).access()));
      access = Access.anyOf(chosen);
    }
    long size = access.lookedUp().size();
    for (IndexRange range : access.read()) {
      size += Objects.requireNonNull(sizes.get(range));
    }
    return new Choice(option, access, size);
  }
}
