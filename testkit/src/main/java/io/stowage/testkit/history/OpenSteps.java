package io.stowage.testkit.history;

import java.util.BitSet;
import java.util.List;

/**
 * The answered steps that are not placed yet, in the order of their invocations, as a list from
 * which steps are taken and put back in reverse order at no cost.
 */
final class OpenSteps {

  private static final int END = -1;

  private final List<Step> steps;
  private final int[] following;
  private final int[] preceding;
  private final BitSet taken = new BitSet();

  OpenSteps(List<Step> steps) {
    this.steps = steps;
    int size = steps.size();
    // The last place is the list's head and end.
    following = new int[size + 1];
    preceding = new int[size + 1];
    for (int i = 0; i <= size; i++) {
      following[i] = i == size ? 0 : i + 1;
      preceding[i] = i == 0 ? size : i - 1;
    }
  }

  boolean isEmpty() {
    return following[steps.size()] == steps.size();
  }

  /** The number of the first open step, or a negative number. */
  int first() {
    return after(steps.size());
  }

  /** The number of the open step after this one, or a negative number. */
  int after(int number) {
    int next = following[number];
    return next == steps.size() ? END : next;
  }

  boolean isOpen(int number) {
    return !taken.get(number);
  }

  void take(int number) {
    following[preceding[number]] = following[number];
    preceding[following[number]] = preceding[number];
    taken.set(number);
  }

  void putBack(int number) {
    following[preceding[number]] = number;
    preceding[following[number]] = number;
    taken.clear(number);
  }

  /** The earliest completion of an open step: nothing can be placed after it but this step. */
  long deadline() {
    long deadline = Long.MAX_VALUE;
    for (int i = first(); i >= 0 && steps.get(i).invoked() <= deadline; i = after(i)) {
      deadline = Math.min(deadline, steps.get(i).completed());
    }
    return deadline;
  }

  /** Which steps were taken behind the first open one. */
  BitSet takenAhead() {
    int first = first();
    return first < 0 ? new BitSet() : taken.get(first, Math.max(first, taken.length()));
  }
}
