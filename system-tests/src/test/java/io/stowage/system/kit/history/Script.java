package io.stowage.system.kit.history;

import io.stowage.api.Version;
import io.stowage.testkit.history.Answer;
import io.stowage.testkit.history.Call;
import io.stowage.testkit.history.Lifetime;
import io.stowage.testkit.history.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A history written by hand: each operation with the moments of its begin and its end. The version
 * of a value is derived from its text.
 */
final class Script {

  private final List<Operation> operations = new ArrayList<>();

  static Version versionOf(String value) {
    return new Version(value.hashCode());
  }

  List<Operation> operations() {
    return List.copyOf(operations);
  }

  Script did(long invoked, long completed, Call call, Answer answer) {
    operations.add(new Operation(operations.size(), call, answer, invoked, completed));
    return this;
  }

  Script saved(long from, long to, String value) {
    return did(from, to, new Call.Save(value, Lifetime.forever()), stored(value));
  }

  Script saved(long from, long to, String value, long earliest, long latest) {
    return did(from, to, new Call.Save(value, new Lifetime(earliest, latest)), stored(value));
  }

  Script maySave(long from, long to, String value) {
    return did(from, to, new Call.Save(value, Lifetime.forever()), new Answer.Unknown());
  }

  Script didNotSave(long from, long to, String value) {
    return did(from, to, new Call.Save(value, Lifetime.forever()), new Answer.NotApplied());
  }

  Script inserted(long from, long to, String value) {
    return did(from, to, new Call.Insert(value, Lifetime.forever()), stored(value));
  }

  Script didNotInsert(long from, long to, String value, @Nullable String found) {
    return did(
        from,
        to,
        new Call.Insert(value, Lifetime.forever()),
        new Answer.AlreadyExists(found == null ? null : versionOf(found)));
  }

  Script replaced(long from, long to, String expected, String value) {
    return did(
        from, to, new Call.Replace(value, versionOf(expected), Lifetime.forever()), stored(value));
  }

  Script mayReplace(long from, long to, String expected, String value) {
    return did(
        from,
        to,
        new Call.Replace(value, versionOf(expected), Lifetime.forever()),
        new Answer.Unknown());
  }

  Script didNotReplace(long from, long to, String expected, String value, @Nullable String found) {
    return did(
        from,
        to,
        new Call.Replace(value, versionOf(expected), Lifetime.forever()),
        new Answer.VersionConflict(found == null ? null : versionOf(found)));
  }

  Script updated(long from, long to, String seen, String value) {
    return did(from, to, new Call.Update(seen, value, Lifetime.forever()), stored(value));
  }

  Script mayUpdate(long from, long to, String seen, String value) {
    return did(from, to, new Call.Update(seen, value, Lifetime.forever()), new Answer.Unknown());
  }

  Script deleted(long from, long to) {
    return did(from, to, new Call.Delete(), new Answer.Removed());
  }

  Script mayDelete(long from, long to) {
    return did(from, to, new Call.Delete(), new Answer.Unknown());
  }

  Script foundNothingToDelete(long from, long to) {
    return did(from, to, new Call.Delete(), new Answer.Absent());
  }

  Script loaded(long from, long to, String value) {
    return did(from, to, new Call.Load(), new Answer.Found(value, versionOf(value)));
  }

  Script foundNothing(long from, long to) {
    return did(from, to, new Call.Load(), new Answer.Absent());
  }

  private static Answer stored(String value) {
    return new Answer.Stored(versionOf(value));
  }
}
