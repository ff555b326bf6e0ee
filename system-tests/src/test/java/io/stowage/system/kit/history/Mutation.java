package io.stowage.system.kit.history;

import io.stowage.testkit.history.Answer;
import io.stowage.testkit.history.Call;
import io.stowage.testkit.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes one thing in a history, which may make it wrong. */
final class Mutation {

  private final Random random;

  Mutation(Random random) {
    this.random = random;
  }

  List<Operation> of(List<Operation> operations) {
    List<Operation> changed = new ArrayList<>(operations);
    int place = random.nextInt(changed.size());
    changed.set(place, changed(changed.get(place), operations));
    return changed;
  }

  private Operation changed(Operation operation, List<Operation> all) {
    if (random.nextInt(3) == 0) {
      long shift = random.nextLong(-60, 61);
      return new Operation(
          operation.thread(),
          operation.call(),
          operation.answer(),
          operation.invoked() + shift,
          operation.completed() + shift);
    }
    return new Operation(
        operation.thread(),
        operation.call(),
        answer(operation, all),
        operation.invoked(),
        operation.completed());
  }

  private Answer answer(Operation operation, List<Operation> all) {
    Answer answer = operation.answer();
    if (operation.call() instanceof Call.Load) {
      Call other = all.get(random.nextInt(all.size())).call();
      return other instanceof Call.Write write
          ? new Answer.Found(write.value(), null)
          : new Answer.Absent();
    }
    if (operation.call() instanceof Call.Delete) {
      return answer instanceof Answer.Absent ? new Answer.Removed() : new Answer.Absent();
    }
    if (answer instanceof Answer.Unknown) {
      return new Answer.Stored(null);
    }
    if (operation.call() instanceof Call.Insert && random.nextBoolean()) {
      return new Answer.AlreadyExists(null);
    }
    if (operation.call() instanceof Call.Replace && random.nextBoolean()) {
      return new Answer.VersionConflict(null);
    }
    return random.nextBoolean() ? new Answer.NotApplied() : new Answer.Stored(null);
  }
}
