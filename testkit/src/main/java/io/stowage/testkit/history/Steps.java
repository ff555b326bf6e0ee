package io.stowage.testkit.history;

import io.stowage.api.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns the operations on one item into steps: what each one found, and what it did. Operations
 * that had no effect and tell nothing, such as a failed read, are left out.
 */
final class Steps {

  private final Values values = new Values();

  private Steps() {}

  /** The steps of one item, and its values. */
  record Translation(List<Step> steps, Values values) {}

  static Translation of(List<Operation> operations) throws Contradiction {
    Steps steps = new Steps();
    for (Operation operation : operations) {
      if (operation.call() instanceof Call.Write write && mayStore(operation)) {
        steps.values.add(write);
      }
    }
    for (Operation operation : operations) {
      steps.learnVersion(operation);
    }
    List<Step> all = new ArrayList<>();
    for (Operation operation : operations) {
      steps.addTo(all, operation);
    }
    all.sort(Comparator.comparingLong(Step::invoked));
    return new Translation(all, steps.values);
  }

  private static boolean mayStore(Operation operation) {
    Answer answer = operation.answer();
    return answer instanceof Answer.Stored
        || (answer instanceof Answer.Unknown && !isUpdateOfNothing(operation));
  }

  private static boolean isUpdateOfNothing(Operation operation) {
    return operation.call() instanceof Call.Update update && update.seen() == null;
  }

  private void learnVersion(Operation operation) throws Contradiction {
    if (operation.answer() instanceof Answer.Found found && found.version() != null) {
      name(written(found.value(), operation), found.version(), operation);
    }
    if (operation.answer() instanceof Answer.Stored stored
        && stored.version() != null
        && operation.call() instanceof Call.Write write) {
      name(values.number(write.value()), stored.version(), operation);
    }
  }

  private void name(int value, Version version, Operation operation) throws Contradiction {
    String objection = values.name(value, version);
    if (objection != null) {
      throw new Contradiction(objection, operation);
    }
  }

  private int written(String value, Operation operation) throws Contradiction {
    int number = values.number(value);
    if (number == Values.ABSENT) {
      throw new Contradiction(
          "value '" + value + "' was found, but no write can have stored it", operation);
    }
    return number;
  }

  private void addTo(List<Step> all, Operation operation) throws Contradiction {
    Step step = step(operation);
    if (step != null) {
      all.add(step);
    }
    boolean isFailed =
        operation.answer() instanceof Answer.NotApplied
            || operation.answer() instanceof Answer.Unknown;
    if (isFailed && operation.call() instanceof Call.Update update && update.seen() != null) {
      // Whatever became of its write, it has read before.
      Need need = Need.value(written(update.seen(), operation));
      all.add(Step.reading(operation, need));
    }
  }

  private @Nullable Step step(Operation operation) throws Contradiction {
    Answer answer = operation.answer();
    if (answer instanceof Answer.NotApplied || answer instanceof Answer.AlreadyExpired) {
      return null;
    }
    if (answer instanceof Answer.Absent) {
      return Step.reading(operation, Need.NOTHING);
    }
    Call call = operation.call();
    if (call instanceof Call.Write write) {
      return mayStore(operation) ? storing(operation, write) : notStoring(operation);
    }
    if (call instanceof Call.Delete) {
      return deleting(operation);
    }
    if (answer instanceof Answer.Found found) {
      return Step.reading(operation, Need.value(written(found.value(), operation)));
    }
    if (answer instanceof Answer.Unknown) {
      return null;
    }
    throw impossible(operation);
  }

  private Step storing(Operation operation, Call.Write write) throws Contradiction {
    Need need = Need.ANYTHING;
    if (write instanceof Call.Insert) {
      need = Need.NOTHING;
    } else if (write instanceof Call.Replace replace) {
      need = having(replace.expected());
    } else if (write instanceof Call.Update update) {
      String seen = update.seen();
      if (seen == null) {
        throw new Contradiction("an update stored something but has read nothing", operation);
      }
      need = Need.value(written(seen, operation));
    }
    return Step.of(operation, need, Step.Effect.STORE, values.number(write.value()));
  }

  private @Nullable Step notStoring(Operation operation) throws Contradiction {
    if (operation.answer() instanceof Answer.Unknown) {
      return null;
    }
    if (operation.call() instanceof Call.Insert
        && operation.answer() instanceof Answer.AlreadyExists exists) {
      Version current = exists.current();
      return Step.reading(operation, current == null ? Need.SOMETHING : having(current));
    }
    if (operation.call() instanceof Call.Replace replace
        && operation.answer() instanceof Answer.VersionConflict conflict) {
      Version current = conflict.current();
      if (replace.expected().equals(current)) {
        throw new Contradiction("a replace was refused by the version it expected", operation);
      }
      return Step.reading(
          operation, current == null ? notHaving(replace.expected()) : having(current));
    }
    throw impossible(operation);
  }

  private static Step deleting(Operation operation) {
    if (operation.answer() instanceof Answer.Removed) {
      return Step.of(operation, Need.SOMETHING, Step.Effect.REMOVE, Values.ABSENT);
    }
    if (operation.answer() instanceof Answer.Unknown) {
      return Step.of(operation, Need.ANYTHING, Step.Effect.REMOVE, Values.ABSENT);
    }
    throw impossible(operation);
  }

  private Need having(Version version) {
    int value = values.number(version);
    return value == Values.ABSENT ? Need.UNNAMED : Need.value(value);
  }

  private Need notHaving(Version version) {
    int value = values.number(version);
    return value == Values.ABSENT ? Need.SOMETHING : Need.otherThan(value);
  }

  private static IllegalArgumentException impossible(Operation operation) {
    return new IllegalArgumentException("no store answers so: " + operation);
  }
}
