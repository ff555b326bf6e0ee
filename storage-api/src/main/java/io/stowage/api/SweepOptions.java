package io.stowage.api;

import java.time.Duration;

/**
 * How much one run of the sweeper does. Immutable; begin with {@link #defaults()}.
 *
 * @param maxEntries how many index entries one run looks at, at most; 1 to a billion
 * @param entriesPerSecond how many index entries that stay it looks at in a second, at most; those
 *     that it removes do not count, so that it is as fast as it can where much is dead
 * @param lease how long the lease lasts by which only one process sweeps a store at a time; it is
 *     extended while the run goes on
 */
public record SweepOptions(long maxEntries, int entriesPerSecond, Duration lease) {

  private static final SweepOptions DEFAULTS =
      new SweepOptions(1_000_000, 50_000, Duration.ofSeconds(30));

  public SweepOptions {
    if (maxEntries < 1 || maxEntries > 1_000_000_000) {
      throw new IllegalArgumentException(
          "maxEntries is " + maxEntries + "; allowed is 1 to 1000000000");
    }
    Limits.check("entriesPerSecond", entriesPerSecond, 1, 100_000_000);
    Limits.check("lease", lease, Duration.ofMillis(100), Duration.ofHours(1));
  }

  /** A million entries a run, 50,000 that stay a second, 30 s of lease. */
  public static SweepOptions defaults() {
    return DEFAULTS;
  }

  public SweepOptions withMaxEntries(long entries) {
    return new SweepOptions(entries, entriesPerSecond, lease);
  }

  public SweepOptions withEntriesPerSecond(int entries) {
    return new SweepOptions(maxEntries, entries, lease);
  }

  public SweepOptions withLease(Duration duration) {
    return new SweepOptions(maxEntries, entriesPerSecond, duration);
  }
}
