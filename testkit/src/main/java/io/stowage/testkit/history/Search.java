package io.stowage.testkit.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for an order of the steps of one item that explains their answers: depth first, as Wing and
 * Gong do it, remembering what was tried, as Lowe does.
 *
 * <p>Of two ways to place the same steps and end with the same value, the one whose clock is
 * earlier is at least as good, so only that one is followed.
 */
final class Search {

  private final Board board;
  private final long limit;
  private final Map<Board.Key, Long> tried = new HashMap<>();
  private final Deque<Frame> frames = new ArrayDeque<>();

  /**
   * @param initial the number of the value that is stored at the beginning
   * @param limit how many positions are looked at before the search gives up
   */
  Search(List<Step> steps, Values values, int initial, long limit) {
    this.board = new Board(steps, values, initial);
    this.limit = limit;
  }

  /** What can be done at one place of the search, and what was there before. */
  private static final class Frame {

    private final Position before;
    private final List<Move> moves;
    private int following;

    Frame(Position before, List<Move> moves) {
      this.before = before;
      this.moves = moves;
    }
  }

  /** How a search ended. */
  enum Result {
    FOUND,
    IMPOSSIBLE,
    GIVEN_UP
  }

  Result run() {
    if (board.open().isEmpty()) {
      return Result.FOUND;
    }
    frames.push(new Frame(board.position(), moves()));
    while (!frames.isEmpty()) {
      Frame frame = frames.element();
      if (frame.following > 0) {
        board.undo(frame.moves.get(frame.following - 1), frame.before);
      }
      if (frame.following == frame.moves.size()) {
        frames.pop();
        continue;
      }
      board.apply(frame.moves.get(frame.following++));
      if (board.open().isEmpty()) {
        return Result.FOUND;
      }
      if (isWorthFollowing()) {
        frames.push(new Frame(board.position(), moves()));
      }
      if (tried.size() > limit) {
        return Result.GIVEN_UP;
      }
    }
    return Result.IMPOSSIBLE;
  }

  private boolean isWorthFollowing() {
    long now = board.position().now();
    Board.Key key = board.key();
    Long earlier = tried.get(key);
    if (earlier != null && earlier <= now) {
      return false;
    }
    tried.put(key, now);
    return true;
  }

  private List<Move> moves() {
    OpenSteps open = board.open();
    long deadline = open.deadline();
    Position here = board.position();
    if (here.now() > deadline) {
      return List.of();
    }
    Paths paths = new Paths(board, deadline);
    List<Move> moves = new ArrayList<>();
    for (int i = open.first();
        i >= 0 && board.answered(i).invoked() <= deadline;
        i = open.after(i)) {
      Step step = board.answered(i);
      boolean mayChooseAtOnce = !board.mayStoreWhatEndsBefore(step.invoked());
      for (Position position :
          mayChooseAtOnce
              ? paths.to(step.need(), step.invoked(), here)
              : paths.toAny(step.need(), step.invoked(), here)) {
        if (mayChooseAtOnce && step.effect() == Step.Effect.NONE && position.equals(here)) {
          // It changes nothing, so whatever else comes first can as well come after it.
          return List.of(move(i, position));
        }
        addIfPossible(moves, i, position, deadline);
      }
    }
    for (Position position : paths.beforeTheEnd(here)) {
      moves.add(new Move(position.spent(), Move.NO_STEP, position.value(), position.now()));
    }
    return moves;
  }

  private void addIfPossible(List<Move> moves, int number, Position position, long deadline) {
    Step step = board.answered(number);
    boolean isInTime = Math.max(position.now(), step.invoked()) <= deadline;
    boolean mayChange =
        step.effect() == Step.Effect.NONE || board.mayLeave(position.value(), step.need());
    if (isInTime && mayChange) {
      moves.add(move(number, position));
    }
  }

  private Move move(int number, Position before) {
    Step step = board.answered(number);
    int value =
        switch (step.effect()) {
          case NONE -> before.value();
          case STORE -> step.value();
          case REMOVE -> Values.ABSENT;
        };
    return new Move(before.spent(), number, value, Math.max(before.now(), step.invoked()));
  }
}
