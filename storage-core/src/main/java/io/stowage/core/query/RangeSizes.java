package io.stowage.core.query;

import io.stowage.core.query.Conditions.Option;
import io.stowage.spi.IndexRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** How many candidates options lead to, from the sizes of the ranges that they read. */
final class RangeSizes {

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

  /** The option with the fewest candidates; of equal ones the first. */
  Option smallest(List<Option> options) {
    return options.stream().min(Comparator.comparingLong(this::of)).orElseThrow();
  }

  /** How many candidates an option leads to at most, if each branch takes its smallest. */
  long of(Option option) {
    Access access = access(option);
    long size = access.lookedUp().size();
    for (IndexRange range : access.read()) {
      size += Objects.requireNonNull(sizes.get(range));
    }
    return size;
  }

  /** The way of an option, in which each branch of an {@code or} takes its smallest. */
  Access access(Option option) {
    if (option.branches().isEmpty()) {
      return option.access();
    }
    List<Access> chosen = new ArrayList<>();
    option.branches().forEach(branch -> chosen.add(access(smallest(branch))));
    return Access.anyOf(chosen);
  }
}
