package io.stowage.system.failover;

import io.stowage.testkit.history.Call;
import io.stowage.testkit.history.History;
import io.stowage.testkit.history.Lifetime;
import io.stowage.testkit.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * The moves of slots while a history was recorded, and what they do to it: a key that is moved is
 * given what is left of its life when it leaves, counted from when it arrives. So each move of its
 * slot may lengthen its life by as long as the move took, and no move shortens it. For use by one
 * thread.
 */
final class SlotMoves {

  /** A move by the clock of the history. */
  private record Move(int slot, long begin, long end) {}

  private final LongSupplier clock;
  private final List<Move> moves = new ArrayList<>();

  SlotMoves(LongSupplier clock) {
    this.clock = clock;
  }

  /** Moves a slot, and takes note of how long that took. */
  void move(int slot, Runnable move) {
    long begin = clock.getAsLong();
    move.run();
    moves.add(new Move(slot, begin, clock.getAsLong()));
  }

  /** The history with the lives as long as the moves may have made them. */
  History lengthened(History history, ToIntFunction<String> slotOfId) {
    Map<String, List<Operation>> items = new HashMap<>();
    history
        .items()
        .forEach(
            (id, operations) -> {
              int slot = slotOfId.applyAsInt(id);
              List<Move> own = moves.stream().filter(move -> move.slot() == slot).toList();
              items.put(id, operations.stream().map(it -> lengthened(it, own)).toList());
            });
    return new History(items);
  }

  private static Operation lengthened(Operation operation, List<Move> own) {
    if (!(operation.call() instanceof Call.Write write) || !write.lifetime().ends()) {
      return operation;
    }
    long latest = write.lifetime().latest();
    for (Move move : own) {
      if (move.end() >= operation.invoked() && move.begin() <= latest) {
        latest += move.end() - move.begin();
      }
    }
    Call call = living(write, new Lifetime(write.lifetime().earliest(), latest));
    return new Operation(
        operation.thread(), call, operation.answer(), operation.invoked(), operation.completed());
  }

  private static Call living(Call.Write write, Lifetime lifetime) {
    if (write instanceof Call.Save save) {
      return new Call.Save(save.value(), lifetime);
    } else if (write instanceof Call.Insert insert) {
      return new Call.Insert(insert.value(), lifetime);
    } else if (write instanceof Call.Replace replace) {
      return new Call.Replace(replace.value(), replace.expected(), lifetime);
    } else if (write instanceof Call.Update update) {
      return new Call.Update(update.seen(), update.value(), lifetime);
    }
    throw new IllegalStateException("unknown write " + write);
  }
}
