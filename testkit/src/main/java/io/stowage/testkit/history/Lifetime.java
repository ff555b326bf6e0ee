package io.stowage.testkit.history;

import java.util.Locale;

/**
 * When a stored value vanishes by itself, on the clock of the history: not before the earliest
 * moment, and no reader finds it after the latest one. Between them both are right, which leaves
 * room for all that is not known exactly, such as when the server took the write.
 *
 * @param earliest nanoseconds
 * @param latest nanoseconds, not before the earliest
 */
public record Lifetime(long earliest, long latest) {

  private static final Lifetime FOREVER = new Lifetime(Long.MAX_VALUE, Long.MAX_VALUE);

  public Lifetime {
    if (latest < earliest) {
      throw new IllegalArgumentException(
          "latest is " + latest + "; allowed is no less than earliest, " + earliest);
    }
  }

  /** It never vanishes by itself. */
  public static Lifetime forever() {
    return FOREVER;
  }

  /** Both moments in milliseconds, or that there are none. */
  @Override
  public String toString() {
    return ends()
        ? String.format(Locale.ROOT, "ends %.3f .. %.3f ms", earliest / 1e6, latest / 1e6)
        : "endless";
  }

  /** Whether it vanishes at some time. */
  public boolean ends() {
    return earliest < Long.MAX_VALUE;
  }
}
