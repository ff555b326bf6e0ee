package io.stowage.system.kit.history;

import io.stowage.api.Version;
import io.stowage.testkit.history.Answer;
import io.stowage.testkit.history.Call;
import io.stowage.testkit.history.Lifetime;
import io.stowage.testkit.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes up histories that are linearizable by construction: threads do random operations on one
 * register, each of which takes effect at a random moment of its interval, and some answers are
 * lost.
 */
final class Simulation {

  private static final Version NEVER_GIVEN = new Version(0);

  private final Random random;
  private final int threads;
  private final double unknown;
  private final double mortal;
  private final Map<String, Version> versions = new HashMap<>();
  private final List<Version> given = new ArrayList<>();
  private Call.@Nullable Write stored;
  private long end;

  /**
   * @param unknown the share of operations whose answer is lost
   * @param mortal the share of writes whose value vanishes by itself
   */
  Simulation(Random random, int threads, double unknown, double mortal) {
    this.random = random;
    this.threads = threads;
    this.unknown = unknown;
    this.mortal = mortal;
  }

  /** When an operation began, when it took effect, when its answer came. */
  private record Slot(int thread, long invoked, long effect, long completed) {}

  List<Operation> operations(int count) {
    List<Slot> slots = new ArrayList<>();
    long[] free = new long[threads];
    for (int i = 0; i < count; i++) {
      int thread = random.nextInt(threads);
      long invoked = free[thread] + 1 + random.nextInt(20);
      long effect = invoked + random.nextInt(30);
      long completed = effect + random.nextInt(30);
      free[thread] = completed;
      slots.add(new Slot(thread, invoked, effect, completed));
    }
    slots.sort(Comparator.comparingLong(Slot::effect));
    List<Operation> operations = new ArrayList<>();
    for (Slot slot : slots) {
      operations.add(operation(slot, operations.size()));
    }
    return operations;
  }

  private Operation operation(Slot slot, int number) {
    if (stored != null && slot.effect() > end) {
      stored = null;
    }
    if (random.nextDouble() < unknown) {
      return lost(slot, number);
    }
    Call call = call(slot, number);
    Answer answer = random.nextInt(25) == 0 ? new Answer.NotApplied() : answer(call, slot);
    return new Operation(slot.thread(), call, answer, slot.invoked(), slot.completed());
  }

  /** The answer is lost long before, or after, the operation takes effect, if it does. */
  private Operation lost(Slot slot, int number) {
    Call call = call(slot, number);
    if (random.nextBoolean()) {
      answer(call, slot);
    }
    boolean hasRead = call instanceof Call.Update;
    long completed = hasRead ? slot.completed() : slot.invoked() + random.nextInt(30);
    return new Operation(slot.thread(), call, new Answer.Unknown(), slot.invoked(), completed);
  }

  private Call call(Slot slot, int number) {
    String value = "v" + number;
    Lifetime lifetime = lifetime(slot);
    return switch (random.nextInt(7)) {
      case 0 -> new Call.Save(value, lifetime);
      case 1 -> new Call.Insert(value, lifetime);
      case 2 -> new Call.Replace(value, expected(), lifetime);
      case 3 -> new Call.Update(stored == null ? null : stored.value(), value, lifetime);
      case 4 -> new Call.Delete();
      default -> new Call.Load();
    };
  }

  private Lifetime lifetime(Slot slot) {
    if (random.nextDouble() >= mortal) {
      return Lifetime.forever();
    }
    if (random.nextBoolean()) {
      long moment = slot.invoked() + random.nextInt(120);
      return new Lifetime(moment, moment);
    }
    long ttl = random.nextInt(80);
    return new Lifetime(slot.invoked() + ttl, slot.completed() + ttl);
  }

  private Version expected() {
    if (given.isEmpty()) {
      return NEVER_GIVEN;
    }
    return given.get(Math.max(0, given.size() - 1 - random.nextInt(3)));
  }

  private Answer answer(Call call, Slot slot) {
    if (call instanceof Call.Write write) {
      return written(write, slot);
    }
    if (stored == null) {
      return new Answer.Absent();
    }
    if (call instanceof Call.Delete) {
      stored = null;
      return new Answer.Removed();
    }
    return new Answer.Found(stored.value(), random.nextBoolean() ? null : version(stored));
  }

  private Answer written(Call.Write write, Slot slot) {
    boolean isExpired = write.lifetime().latest() < slot.effect();
    if (write instanceof Call.Insert && stored != null) {
      return new Answer.AlreadyExists(random.nextBoolean() ? null : version(stored));
    }
    if (write instanceof Call.Replace replace) {
      if (stored == null) {
        return new Answer.Absent();
      }
      if (!replace.expected().equals(version(stored))) {
        return new Answer.VersionConflict(random.nextBoolean() ? null : version(stored));
      }
    }
    if (write instanceof Call.Update && stored == null) {
      return new Answer.Absent();
    }
    if (isExpired) {
      return new Answer.AlreadyExpired();
    }
    stored = write;
    end = endOf(write.lifetime(), slot.effect());
    Version version = version(write);
    given.add(version);
    return new Answer.Stored(version);
  }

  private long endOf(Lifetime lifetime, long effect) {
    if (!lifetime.ends()) {
      return Long.MAX_VALUE;
    }
    long first = Math.max(lifetime.earliest(), effect);
    return first + random.nextInt((int) (lifetime.latest() - first) + 1);
  }

  private Version version(Call.Write write) {
    return versions.computeIfAbsent(write.value(), it -> new Version(versions.size() + 1));
  }
}
