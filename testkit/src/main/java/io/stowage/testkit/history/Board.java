package io.stowage.testkit.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An order of steps that is being built: which are placed, and what is stored after them.
 *
 * <p>A value is written once, so it must not be left while a step is open that needs it. That rule
 * cuts off nearly every wrong order at once.
 */
final class Board {

  private final Values values;
  private final List<Step> answered = new ArrayList<>();
  private final List<Step> optional = new ArrayList<>();
  private final List<Integer> shortLivedAnswered = new ArrayList<>();
  private final List<Integer> shortLivedOptional = new ArrayList<>();
  private final OpenSteps open;
  private final BitSet spent = new BitSet();
  private final int[] demand;
  private int value;
  private long now = Long.MIN_VALUE;

  /**
   * Identifies boards that differ at most in the time: the steps that are placed, and the value.
   */
  record Key(int first, BitSet takenAhead, BitSet spent, int value) {}

  /** Begins with a value that is stored. */
  Board(List<Step> steps, Values values, int initial) {
    this.values = values;
    this.value = initial;
    demand = new int[values.size() + 1];
    for (Step step : steps) {
      List<Step> kin = step.isOptional() ? optional : answered;
      if (endsEarly(step)) {
        (step.isOptional() ? shortLivedOptional : shortLivedAnswered).add(kin.size());
      }
      kin.add(step);
      if (!step.isOptional() && step.need().kind() == Need.Kind.VALUE) {
        demand[step.need().value()]++;
      }
    }
    open = new OpenSteps(answered);
  }

  Values values() {
    return values;
  }

  OpenSteps open() {
    return open;
  }

  Step answered(int number) {
    return answered.get(number);
  }

  int optionals() {
    return optional.size();
  }

  Step optional(int number) {
    return optional.get(number);
  }

  boolean isSpent(int number) {
    return spent.get(number);
  }

  Position position() {
    return new Position(value, now, List.of());
  }

  Key key() {
    return new Key(open.first(), open.takenAhead(), (BitSet) spent.clone(), value);
  }

  /** Whether a value may go, but for a step that is about to be placed. */
  boolean mayLeave(int left, Need placed) {
    return left == Values.ABSENT || demand[left] == (placed.isValue(left) ? 1 : 0);
  }

  /** Whether what the step stores may have ended before the step completed. */
  private boolean endsEarly(Step step) {
    return step.effect() == Step.Effect.STORE && end(step) < step.completed();
  }

  private long end(Step step) {
    return values.lifetime(step.value()).latest();
  }

  /** Whether an open step could store something, from now on, that ends before this moment. */
  boolean mayStoreWhatEndsBefore(long moment) {
    for (int number : shortLivedAnswered) {
      if (open.isOpen(number) && isBetween(end(answered.get(number)), moment)) {
        return true;
      }
    }
    for (int number : shortLivedOptional) {
      if (!spent.get(number) && isBetween(end(optional.get(number)), moment)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBetween(long end, long moment) {
    return end >= now && end < moment;
  }

  void apply(Move move) {
    for (int number : move.spent()) {
      spent.set(number);
    }
    if (move.hasStep()) {
      open.take(move.step());
      count(move.step(), -1);
    }
    value = move.value();
    now = move.now();
  }

  void undo(Move move, Position before) {
    for (int number : move.spent()) {
      spent.clear(number);
    }
    if (move.hasStep()) {
      open.putBack(move.step());
      count(move.step(), 1);
    }
    value = before.value();
    now = before.now();
  }

  private void count(int number, int change) {
    Need need = answered.get(number).need();
    if (need.kind() == Need.Kind.VALUE) {
      demand[need.value()] += change;
    }
  }
}
