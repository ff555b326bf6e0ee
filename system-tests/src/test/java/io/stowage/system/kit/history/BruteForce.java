package io.stowage.system.kit.history;

import io.stowage.api.Version;
import io.stowage.testkit.history.Answer;
import io.stowage.testkit.history.Call;
import io.stowage.testkit.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tries every order of a few operations, with every moment at which a value can vanish, and none of
 * the checker's shortcuts.
 */
final class BruteForce {

  private final List<Operation> operations;
  private final Map<String, Version> versions = new HashMap<>();
  private final boolean[] isPlaced;

  private BruteForce(List<Operation> operations) {
    this.operations = operations;
    isPlaced = new boolean[operations.size()];
  }

  static boolean isLinearizable(List<Operation> operations) {
    BruteForce force = new BruteForce(withReads(operations));
    return force.hasOneVersionForEachValue() && force.canGoOn(null, Long.MIN_VALUE);
  }

  /** A failed update has read, whatever became of its write. */
  private static List<Operation> withReads(List<Operation> operations) {
    List<Operation> all = new ArrayList<>(operations);
    for (Operation operation : operations) {
      boolean isFailed =
          operation.answer() instanceof Answer.NotApplied
              || operation.answer() instanceof Answer.Unknown;
      if (isFailed && operation.call() instanceof Call.Update update && update.seen() != null) {
        all.add(
            new Operation(
                operation.thread(),
                new Call.Load(),
                new Answer.Found(update.seen(), null),
                operation.invoked(),
                operation.completed()));
      }
    }
    return all;
  }

  private boolean hasOneVersionForEachValue() {
    for (Operation operation : operations) {
      String value = null;
      Version version = null;
      if (operation.answer() instanceof Answer.Found found) {
        value = found.value();
        version = found.version();
      } else if (operation.answer() instanceof Answer.Stored stored
          && operation.call() instanceof Call.Write write) {
        value = write.value();
        version = stored.version();
      }
      if (value != null && version != null) {
        Version former = versions.putIfAbsent(value, version);
        if (former != null && !former.equals(version)) {
          return false;
        }
      }
    }
    return versions.values().stream().distinct().count() == versions.size();
  }

  private boolean canGoOn(Call.@Nullable Write stored, long now) {
    boolean isDone = true;
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      if (isPlaced[i] || hasNoEffect(operation)) {
        continue;
      }
      isDone &= operation.answer() instanceof Answer.Unknown;
      long time = Math.max(now, operation.invoked());
      boolean isUnknown = operation.answer() instanceof Answer.Unknown;
      boolean isInTime = isUnknown || time <= operation.completed();
      boolean isAlive = stored == null || time <= stored.lifetime().latest();
      if (isInTime && isAlive && fits(operation, stored)) {
        isPlaced[i] = true;
        boolean canGoOn = canGoOn(after(operation, stored), time);
        isPlaced[i] = false;
        if (canGoOn) {
          return true;
        }
      }
    }
    if (isDone) {
      return true;
    }
    return stored != null
        && stored.lifetime().ends()
        && canGoOn(null, Math.max(now, stored.lifetime().earliest()));
  }

  private static boolean hasNoEffect(Operation operation) {
    Answer answer = operation.answer();
    return answer instanceof Answer.NotApplied
        || answer instanceof Answer.AlreadyExpired
        || (answer instanceof Answer.Unknown && operation.call() instanceof Call.Load);
  }

  private static Call.@Nullable Write after(Operation operation, Call.@Nullable Write stored) {
    Answer answer = operation.answer();
    boolean isEffective =
        answer instanceof Answer.Stored
            || answer instanceof Answer.Removed
            || answer instanceof Answer.Unknown;
    if (!isEffective) {
      return stored;
    }
    return operation.call() instanceof Call.Write write ? write : null;
  }

  private boolean fits(Operation operation, Call.@Nullable Write stored) {
    Answer answer = operation.answer();
    if (answer instanceof Answer.Absent) {
      return stored == null;
    }
    if (answer instanceof Answer.Found found) {
      return stored != null && stored.value().equals(found.value());
    }
    if (answer instanceof Answer.Removed) {
      return stored != null;
    }
    if (answer instanceof Answer.AlreadyExists exists) {
      return stored != null && (exists.current() == null || hasVersion(stored, exists.current()));
    }
    if (answer instanceof Answer.VersionConflict conflict) {
      Version expected = ((Call.Replace) operation.call()).expected();
      return stored != null
          && !expected.equals(versions.get(stored.value()))
          && (conflict.current() == null || hasVersion(stored, conflict.current()));
    }
    Call call = operation.call();
    if (call instanceof Call.Insert) {
      return stored == null;
    }
    if (call instanceof Call.Replace replace) {
      return stored != null && hasVersion(stored, replace.expected());
    }
    if (call instanceof Call.Update update) {
      return stored != null && stored.value().equals(update.seen());
    }
    return true;
  }

  /** A version that was never told together with a value can be that of any without one. */
  private boolean hasVersion(Call.Write stored, Version version) {
    Version known = versions.get(stored.value());
    return Objects.equals(known, version) || (known == null && !versions.containsValue(version));
  }
}
