package io.stowage.core.support;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens around the calls of a port, and a record of the calls. An action that throws before
 * a call keeps the call from the backend; one that throws after it loses the answer. Actions work
 * on the undisturbed backend, or they would meet themselves.
 */
public final class Disturbance {

  /** A call of a port and how many things it was about. */
  public record Made(Call call, int size) {}

  private final Map<Call, Queue<Runnable>> before = new ConcurrentHashMap<>();
  private final Map<Call, Queue<Runnable>> after = new ConcurrentHashMap<>();
  private final Map<Call, Runnable> beforeEvery = new ConcurrentHashMap<>();
  private final List<Made> made = new CopyOnWriteArrayList<>();

  /** Runs an action before the next call that has none yet; several are for several calls. */
  public void before(Call call, Runnable... actions) {
    before.computeIfAbsent(call, c -> new ConcurrentLinkedQueue<>()).addAll(List.of(actions));
  }

  /** Runs an action after the next call that has none yet; several are for several calls. */
  public void after(Call call, Runnable... actions) {
    after.computeIfAbsent(call, c -> new ConcurrentLinkedQueue<>()).addAll(List.of(actions));
  }

  public void beforeEvery(Call call, Runnable action) {
    beforeEvery.put(call, action);
  }

  /** The calls since the start or the last {@link #forgetCalls}. */
  public List<Call> calls() {
    return made.stream().map(Made::call).toList();
  }

  public long count(Call call) {
    return made.stream().filter(m -> m.call() == call).count();
  }

  /** How many things each call of one kind was about. */
  public List<Integer> sizes(Call call) {
    return made.stream().filter(m -> m.call() == call).map(Made::size).toList();
  }

  public void forgetCalls() {
    made.clear();
  }

  <R> R around(Call call, int size, Supplier<R> work) {
    made.add(new Made(call, size));
    Runnable always = beforeEvery.get(call);
    if (always != null) {
      always.run();
    }
    runNext(before.get(call));
    R answer = work.get();
    runNext(after.get(call));
    return answer;
  }

  void around(Call call, int size, Runnable work) {
    around(
        call,
        size,
        () -> {
          work.run();
          return true;
        });
  }

  private static void runNext(@Nullable Queue<Runnable> actions) {
    Runnable action = actions == null ? null : actions.poll();
    if (action != null) {
      action.run();
    }
  }
}
