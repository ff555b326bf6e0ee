package io.stowage.testkit.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How what is stored can become what a step needs without any answered step: a value vanishes by
 * itself, or optional steps take effect. These are placed as late as they can be, right before the
 * step that needs them.
 */
final class Paths {

  private final Board board;
  private final long deadline;
  private final BitSet underWay = new BitSet();

  /**
   * @param deadline nothing is placed later than this
   */
  Paths(Board board, long deadline) {
    this.board = board;
    this.deadline = deadline;
  }

  /** All positions in which the need is met at the moment of the invocation or later. */
  List<Position> to(Need need, long invoked, Position from) {
    if (isMet(need, invoked, from)) {
      return List.of(from);
    }
    return need.kind() == Need.Kind.NOTHING ? toNothing(from) : toValue(need, invoked, from);
  }

  /** As {@link #to}, and those in which an optional step stored another value that is as good. */
  List<Position> toAny(Need need, long invoked, Position from) {
    List<Position> found = new ArrayList<>(to(need, invoked, from));
    boolean namesNoValue =
        switch (need.kind()) {
          case SOMETHING, OTHER, UNNAMED -> true;
          case ANYTHING, NOTHING, VALUE -> false;
        };
    if (namesNoValue && isMet(need, invoked, from)) {
      found.addAll(toValue(need, invoked, from));
    }
    return found;
  }

  private boolean isMet(Need need, long invoked, Position position) {
    return switch (need.kind()) {
      case ANYTHING -> true;
      case NOTHING -> position.value() == Values.ABSENT;
      case SOMETHING, VALUE, OTHER, UNNAMED -> {
        long time = Math.max(position.now(), invoked);
        yield isWanted(need, position.value())
            && time <= board.values().lifetime(position.value()).latest();
      }
    };
  }

  private boolean isWanted(Need need, int value) {
    return value != Values.ABSENT
        && switch (need.kind()) {
          case ANYTHING, SOMETHING -> true;
          case NOTHING -> false;
          case VALUE -> value == need.value();
          case OTHER -> value != need.value();
          case UNNAMED -> !board.values().isNamed(value);
        };
  }

  private List<Position> toNothing(Position from) {
    List<Position> found = new ArrayList<>();
    addIfPossible(found, vanished(from));
    boolean isRemoved = false;
    for (int i = 0; i < board.optionals(); i++) {
      Step step = board.optional(i);
      if (!isFree(i, from)) {
        continue;
      }
      if (step.effect() == Step.Effect.REMOVE && !isRemoved) {
        // All that can come now can come later too, so one stands for all.
        isRemoved = addIfPossible(found, placed(i, from));
      } else if (step.effect() == Step.Effect.STORE && endsBy(step.value())) {
        for (Position stored : storing(i, from)) {
          addIfPossible(found, vanished(stored));
        }
      }
    }
    return found;
  }

  private boolean endsBy(int value) {
    return board.values().lifetime(value).earliest() <= deadline;
  }

  private List<Position> toValue(Need need, long invoked, Position from) {
    List<Position> found = new ArrayList<>();
    for (int i = 0; i < board.optionals(); i++) {
      Step step = board.optional(i);
      boolean isCandidate =
          step.effect() == Step.Effect.STORE && isWanted(need, step.value()) && isFree(i, from);
      if (!isCandidate) {
        continue;
      }
      for (Position stored : storing(i, from)) {
        if (isMet(need, invoked, stored)) {
          found.add(stored);
        }
      }
    }
    return found;
  }

  private boolean isFree(int optional, Position position) {
    return board.optional(optional).invoked() <= deadline
        && !board.isSpent(optional)
        && !underWay.get(optional)
        && !position.spent().contains(optional);
  }

  /** All positions right after an optional step. */
  List<Position> storing(int optional, Position from) {
    Step step = board.optional(optional);
    List<Position> found = new ArrayList<>();
    underWay.set(optional);
    for (Position before : to(step.need(), step.invoked(), from)) {
      addIfPossible(found, placed(optional, before));
    }
    underWay.clear(optional);
    return found;
  }

  /**
   * All positions right after an optional step that needs what is stored, if that will vanish: such
   * a step cannot wait for the step that needs it.
   */
  List<Position> beforeTheEnd(Position from) {
    List<Position> found = new ArrayList<>();
    if (from.value() == Values.ABSENT || !board.values().lifetime(from.value()).ends()) {
      return found;
    }
    for (int i = 0; i < board.optionals(); i++) {
      Step step = board.optional(i);
      boolean isConditional =
          step.need().kind() == Need.Kind.VALUE || step.need().kind() == Need.Kind.UNNAMED;
      if (isConditional && isFree(i, from) && isMet(step.need(), step.invoked(), from)) {
        addIfPossible(found, placed(i, from));
      }
    }
    return found;
  }

  private @Nullable Position placed(int optional, Position from) {
    Step step = board.optional(optional);
    long time = Math.max(from.now(), step.invoked());
    boolean isPossible = time <= deadline && board.mayLeave(from.value(), Need.ANYTHING);
    return isPossible ? from.after(optional, step.value(), time) : null;
  }

  private @Nullable Position vanished(Position from) {
    long time = Math.max(from.now(), board.values().lifetime(from.value()).earliest());
    boolean isPossible = time <= deadline && board.mayLeave(from.value(), Need.ANYTHING);
    return isPossible ? new Position(Values.ABSENT, time, from.spent()) : null;
  }

  private static boolean addIfPossible(List<Position> found, @Nullable Position position) {
    return position != null && found.add(position);
  }
}
