package io.stowage.testkit.history;

import org.jspecify.annotations.Nullable;

/**
 * An operation as the search sees it.
 *
 * @param need what must be stored before it
 * @param effect what it does then
 * @param value the number of the value that it stores, if it does
 * @param completed when it has taken effect at last; an optional step need not
 * @param isOptional whether it may have taken no effect at all
 */
record Step(
    Operation operation,
    Need need,
    Effect effect,
    int value,
    long invoked,
    long completed,
    boolean isOptional) {

  enum Effect {
    NONE,
    STORE,
    REMOVE
  }

  /** The step of an operation that was answered, or one that may still take effect. */
  static Step of(Operation operation, Need need, Effect effect, int value) {
    boolean isOptional = operation.answer() instanceof Answer.Unknown;
    long completed = isOptional ? Long.MAX_VALUE : operation.completed();
    return new Step(operation, need, effect, value, operation.invoked(), completed, isOptional);
  }

  /** The step of an operation that read something before its answer or its failure. */
  static Step reading(Operation operation, Need need) {
    return new Step(
        operation,
        need,
        Effect.NONE,
        Values.ABSENT,
        operation.invoked(),
        operation.completed(),
        false);
  }

  /** This step as if its answer had not come; null if it would not have changed anything. */
  @Nullable Step withoutAnswer() {
    return effect == Effect.NONE
        ? null
        : new Step(operation, need, effect, value, invoked, Long.MAX_VALUE, true);
  }
}
