package io.stowage.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds a shortest stretch of a wrong history that is wrong by itself: first the end, which is the
 * first answer that makes it wrong, then the latest begin from which it is wrong whatever was
 * stored before.
 */
final class Explanation {

  private final Values values;
  private final long limit;

  Explanation(Values values, long limit) {
    this.values = values;
    this.limit = limit;
  }

  /** The operations of that stretch, by their invocations. */
  List<Operation> window(List<Step> steps) {
    List<Step> prefix = shortestWrongPrefix(steps);
    List<Step> window = shortestWrongSuffix(prefix);
    return window.stream()
        .sorted(Comparator.comparingLong(Step::invoked))
        .map(Step::operation)
        .toList();
  }

  private List<Step> shortestWrongPrefix(List<Step> steps) {
    long[] ends = steps.stream().mapToLong(Step::completed).sorted().distinct().toArray();
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isWrong(until(steps, ends[middle]), Set.of(Values.ABSENT))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return until(steps, ends[high]);
  }

  private static List<Step> until(List<Step> steps, long end) {
    List<Step> kept = new ArrayList<>();
    for (Step step : steps) {
      if (step.invoked() <= end) {
        addUnlessNull(kept, step.completed() <= end ? step : step.withoutAnswer());
      }
    }
    return kept;
  }

  private List<Step> shortestWrongSuffix(List<Step> steps) {
    long[] begins = steps.stream().mapToLong(Step::invoked).sorted().distinct().toArray();
    int low = 0;
    int high = begins.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (isWrongAnyway(from(steps, begins[middle]))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    List<Step> window = from(steps, begins[low]);
    return isWrongAnyway(window) ? window : steps;
  }

  /** What began before may have taken effect before. */
  private static List<Step> from(List<Step> steps, long begin) {
    List<Step> kept = new ArrayList<>();
    for (Step step : steps) {
      if (step.invoked() >= begin) {
        kept.add(step);
      } else if (step.completed() >= begin) {
        addUnlessNull(kept, step.withoutAnswer());
      }
    }
    return kept;
  }

  private static void addUnlessNull(List<Step> steps, @Nullable Step step) {
    if (step != null) {
      steps.add(step);
    }
  }

  private boolean isWrongAnyway(List<Step> steps) {
    Set<Integer> initial = new TreeSet<>(Set.of(Values.ABSENT, values.size()));
    for (Step step : steps) {
      if (step.need().kind() == Need.Kind.VALUE) {
        initial.add(step.need().value());
      }
    }
    return isWrong(steps, initial);
  }

  private boolean isWrong(List<Step> steps, Set<Integer> initial) {
    return initial.stream().allMatch(value -> isImpossible(steps, value));
  }

  private boolean isImpossible(List<Step> steps, int initial) {
    return new Search(steps, values, initial, limit).run() == Search.Result.IMPOSSIBLE;
  }
}
