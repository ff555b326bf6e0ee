package io.stowage.testkit.history;

import java.util.Locale;

/**
 * One operation of one thread on one item: it took effect, if it did, at a moment between its
 * invocation and its completion; if its answer is {@link Answer.Unknown}, at any moment since its
 * invocation.
 *
 * @param thread who did it
 * @param call what was asked
 * @param answer what was answered
 * @param invoked when it began, in nanoseconds on the clock of the history
 * @param completed when its answer came, in nanoseconds
 */
public record Operation(int thread, Call call, Answer answer, long invoked, long completed) {

  private static final double NANOS_PER_MILLISECOND = 1e6;

  public Operation {
    if (completed < invoked) {
      throw new IllegalArgumentException(
          "completed is " + completed + "; allowed is no less than invoked, " + invoked);
    }
  }

  /** One line: the interval in milliseconds, the thread, the call and its answer. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%12.3f .. %12.3f ms  thread %d  %s -> %s",
        invoked / NANOS_PER_MILLISECOND,
        completed / NANOS_PER_MILLISECOND,
        thread,
        call,
        answer);
  }
}
