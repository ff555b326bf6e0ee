package io.stowage.api;

import java.time.Duration;

/**
 * How many replicas must have a write before it counts as done.
 *
 * @param replicas how many; 0 means that the answer of the master is enough
 * @param within how long to wait for them
 */
public record Durability(int replicas, Duration within) {

  private static final Durability MASTER = new Durability(0, Duration.ZERO);

  public Durability {
    Limits.check("replicas", replicas, 0, 100);
    Limits.check(
        "within", within, Duration.ofMillis(replicas == 0 ? 0 : 1), Duration.ofMinutes(10));
  }

  /** The master's answer is enough: a failover may lose the last writes. The default. */
  public static Durability master() {
    return MASTER;
  }

  /**
   * So many replicas must have confirmed a write. If they have not in time, the write fails with
   * {@link Outcome#UNKNOWN}: it was applied, and may be lost in a failover.
   *
   * @param count 1 to 100
   * @param within how long to wait for them: 1 ms to 10 minutes
   */
  public static Durability replicas(int count, Duration within) {
    return new Durability(Limits.check("replicas", count, 1, 100), within);
  }

  /** Whether replicas must confirm. */
  public boolean isConfirmed() {
    return replicas > 0;
  }
}
