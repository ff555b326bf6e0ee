package io.stowage.testkit.history;

import java.io.Serial;

/** One answer alone cannot be right, whatever the order of the operations. */
final class Contradiction extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String reason;
  private final transient Operation operation;

  Contradiction(String reason, Operation operation) {
    super(reason);
    this.reason = reason;
    this.operation = operation;
  }

  String reason() {
    return reason;
  }

  Operation operation() {
    return operation;
  }
}
