package io.stowage.testkit.history;

import java.util.List;

/**
 * What a check found.
 *
 * @param isLinearizable whether the answers can be explained by one order of the operations
 * @param explanation why not, in words, for people; empty if they can
 * @param window the operations of a shortest stretch of the history that contradicts itself,
 *     whatever was stored before it; empty if there is none
 */
public record Verdict(boolean isLinearizable, String explanation, List<Operation> window) {

  private static final Verdict LINEARIZABLE = new Verdict(true, "", List.of());

  public Verdict {
    window = List.copyOf(window);
  }

  static Verdict linearizable() {
    return LINEARIZABLE;
  }

  static Verdict wrong(String reason, List<Operation> window) {
    StringBuilder text = new StringBuilder(reason);
    window.forEach(operation -> text.append('\n').append(operation));
    return new Verdict(false, text.toString(), window);
  }

  Verdict ofItem(String id) {
    return isLinearizable ? this : new Verdict(false, "item '" + id + "': " + explanation, window);
  }
}
