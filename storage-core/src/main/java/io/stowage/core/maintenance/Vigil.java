package io.stowage.core.maintenance;

import io.stowage.api.Progress;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.spi.AdapterException;
import io.stowage.spi.PersistencePort;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Holds the lease of a reindex, tells its progress, and waits until no write can be applied that
 * began under an earlier definition. Used by one thread.
 */
final class Vigil {

  /**
   * By how much clocks may differ: a process follows the server's clock within half a second, and
   * so should the servers of a Cluster each other's.
   */
  static final Duration CLOCK_MARGIN = Duration.ofSeconds(1);

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int PATIENCE = 10;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final PersistencePort records;
  private final HeldLease lease;
  private final Pace pace;
  private final Consumer<Progress> progress;
  private final Duration settling;

  Vigil(
      PersistencePort records,
      HeldLease lease,
      Pace pace,
      Consumer<Progress> progress,
      Duration grace) {
    this.records = records;
    this.lease = lease;
    this.pace = pace;
    this.progress = progress;
    this.settling = settling(grace);
  }

  /**
   * How long after a change of the definition no write under the one before can be applied: a
   * process may begin one as long as its lease of the definition lasts, and the server refuses it
   * once it is older than the grace period.
   */
  static Duration settling(Duration grace) {
    return LiveDefinition.lease(grace).plus(grace).plus(CLOCK_MARGIN);
  }

  /**
   * Fails if the work must not go on, and tells how far it is. Seldom a round trip.
   *
   * @throws AdapterException if the thread was interrupted, or another process has the lease
   */
  void step(String phase, long done) {
    pace.check();
    if (!lease.keep()) {
      throw AdapterException.unavailable("another process has taken the reindex over", null);
    }
    progress.accept(new Progress(phase, done));
  }

  /**
   * Waits from now until every process knows the definition that is stored now, and the writes that
   * began before have ended. The time counts by the server's clock, which refuses old writes, and
   * without the margin also by this process's, in case the server's is set meanwhile.
   *
   * @throws AdapterException if the server's clock stands still
   */
  void settle() {
    long beginMicros = records.serverMicros();
    long begin = System.nanoTime();
    long deadline = begin + PATIENCE * settling.toNanos() + PATIENCE_NANOS;
    long left = settling.toNanos();
    while (left > 0) {
      step("waiting", TimeUnit.NANOSECONDS.toMillis(settling.toNanos() - left));
      long now = System.nanoTime();
      if (now - deadline > 0) {
        throw AdapterException.unavailable(
            "the server's clock has not moved on by " + settling + " in ten times as long", null);
      }
      pace.waitUntil(now + Math.min(left, POLL_NANOS));
      long passed = TimeUnit.MICROSECONDS.toNanos(records.serverMicros() - beginMicros);
      long passedHere = System.nanoTime() - begin + CLOCK_MARGIN.toNanos();
      left = settling.toNanos() - Math.min(passed, passedHere);
    }
  }
}
