package io.stowage.testkit.history;

import java.util.List;
import java.util.Map;

/**
 * Checks whether a history is linearizable: whether every operation can be given one moment between
 * its invocation and its completion at which it took effect, so that all answers are right. A
 * history is linearizable if the operations on each item are (Herlihy and Wing,
 * <em>Linearizability: a correctness condition for concurrent objects</em>, 1990), so each item is
 * checked by itself.
 *
 * <p>The search is that of Wing and Gong (<em>Testing and verifying concurrent objects</em>, 1993)
 * with the memory of Lowe (<em>Testing for linearizability</em>, 2017). It knows two things more.
 * Each value is written once, so what is still to be read must not be overwritten; that keeps the
 * search near linear in practice. And time: a value with an expiry can vanish by itself, but not
 * before its earliest moment, and is not found after its latest one.
 *
 * <p>An operation whose outcome is unknown may take effect once at any moment since it began, or
 * never. Stateless; safe for use by many threads.
 */
public final class LinearizabilityChecker {

  private static final long LIMIT = 3_000_000;

  private LinearizabilityChecker() {}

  /**
   * Checks all items.
   *
   * @return the verdict on the first item, by id, that is wrong, or that all are right
   * @throws IllegalArgumentException if a value is written twice to an item, or an answer does not
   *     belong to its call
   * @throws IllegalStateException if there are so many operations at once that no verdict was
   *     reached within bounded memory
   */
  public static Verdict check(History history) {
    for (Map.Entry<String, List<Operation>> item : history.items().entrySet()) {
      Verdict verdict = check(item.getValue());
      if (!verdict.isLinearizable()) {
        return verdict.ofItem(item.getKey());
      }
    }
    return Verdict.linearizable();
  }

  /**
   * Checks the operations on one item, which was absent at the beginning.
   *
   * @throws IllegalArgumentException as {@link #check(History)}
   * @throws IllegalStateException as {@link #check(History)}
   */
  public static Verdict check(List<Operation> operations) {
    Steps.Translation translation;
    try {
      translation = Steps.of(operations);
    } catch (Contradiction contradiction) {
      return Verdict.wrong(contradiction.reason(), List.of(contradiction.operation()));
    }
    List<Step> steps = translation.steps();
    Values values = translation.values();
    return switch (new Search(steps, values, Values.ABSENT, LIMIT).run()) {
      case FOUND -> Verdict.linearizable();
      case IMPOSSIBLE ->
          Verdict.wrong(
              "no order of the operations explains their answers; this part is wrong by itself:",
              new Explanation(values, LIMIT).window(steps));
      case GIVEN_UP ->
          throw new IllegalStateException(
              "too many operations at once: no verdict after " + LIMIT + " positions");
    };
  }
}
