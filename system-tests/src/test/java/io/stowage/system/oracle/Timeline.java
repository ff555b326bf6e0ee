package io.stowage.system.oracle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one item held, and when. One thread changes the item; any may ask. */
final class Timeline {

  private static final long START = System.nanoTime();

  private final List<State> states = new ArrayList<>();

  /** The item is there from the beginning, or is not. */
  Timeline(@Nullable Content content) {
    states.add(new State(content, now()));
  }

  /** Nanoseconds since some moment before all others. */
  static long now() {
    return System.nanoTime() - START;
  }

  /** What the item holds when nothing changes it. */
  synchronized @Nullable Content present() {
    return states.get(states.size() - 1).content;
  }

  /** A change is about to be sent: from now on the item may hold this. */
  synchronized void begin(@Nullable Content content) {
    states.add(new State(content, now()));
  }

  /** The change was acknowledged: from now on the item holds nothing older. */
  synchronized void end() {
    states.get(states.size() - 1).acknowledged = now();
  }

  /** What the item may have held at any time of an interval; null stands for no item. */
  synchronized List<@Nullable Content> possible(long from, long to) {
    List<@Nullable Content> possible = new ArrayList<>();
    long replaced = Long.MAX_VALUE;
    for (int i = states.size() - 1; i >= 0 && replaced >= from; i--) {
      State state = states.get(i);
      if (state.began <= to) {
        possible.add(state.content);
      }
      replaced = state.acknowledged;
    }
    return possible;
  }

  private static final class State {
    final @Nullable Content content;
    final long began;
    long acknowledged = Long.MAX_VALUE;

    State(@Nullable Content content, long began) {
      this.content = content;
      this.began = began;
    }
  }
}
