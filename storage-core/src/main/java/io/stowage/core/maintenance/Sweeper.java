package io.stowage.core.maintenance;

import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes the index entries of one store that nobody needs, run by run: each goes on where the one
 * before stopped. Safe for use by many threads, of which one works at a time.
 *
 * <p>One process at a time has the lease {@code sweep}. It is no lock: a process that was suspended
 * may go on beside another, which does no harm, since each entry removed is one that nobody will
 * need again, as {@link EntryAudit} tells. So a backend that has no memory left for the lease is
 * swept without.
 *
 * <p>On Redis an index key whose last entry is removed is gone.
 */
public final class Sweeper {

  private static final String LEASE = "sweep";

  private final StorePorts ports;
  private final LiveDefinition live;
  private final int batchSize;
  private final Duration grace;
  private final Pace pace;
  private final String holder = UUID.randomUUID().toString();
  private final ReentrantLock running = new ReentrantLock();
  private @Nullable EntryWalk unfinished;

  /**
   * A sweeper.
   *
   * @param isClosed whether the platform was closed, so that a run must end
   */
  public Sweeper(
      StorePorts ports, LiveDefinition live, StoreOptions options, BooleanSupplier isClosed) {
    this.ports = ports;
    this.live = live;
    this.batchSize = options.batchSize();
    this.grace = options.gracePeriod();
    this.pace = new Pace(isClosed);
  }

  /**
   * One run.
   *
   * @throws AdapterException if the backend fails or the thread is interrupted; what was removed
   *     before stays so
   * @throws IllegalStateException if the platform is closed
   */
  public SweepReport sweep(SweepOptions options) {
    long begin = System.nanoTime();
    if (!running.tryLock()) {
      return held(begin);
    }
    try {
      Optional<HeldLease> taken =
          HeldLease.takeToFree(ports.leases(), LEASE, holder, options.lease());
      if (taken.isEmpty()) {
        return held(begin);
      }
      try (HeldLease lease = taken.get()) {
        return run(options, lease, begin);
      }
    } finally {
      running.unlock();
    }
  }

  private static SweepReport held(long begin) {
    return new SweepReport(true, false, 0, 0, 0, since(begin));
  }

  private SweepReport run(SweepOptions options, HeldLease lease, long begin) {
    EntryWalk walk = walk();
    long termsBefore = walk.terms();
    EntryAudit audit = new EntryAudit(ports, live, grace);
    long entries = 0;
    long removed = 0;
    while (!walk.isDone()
        && entries < options.maxEntries()
        && keeps(lease, begin, entries, options)) {
      List<IndexEntry> chunk = walk.next((int) Math.min(batchSize, options.maxEntries() - entries));
      entries += chunk.size();
      removed += audit.remove(audit.judge(chunk));
    }
    long terms = walk.terms() - termsBefore;
    boolean isComplete = walk.isDone();
    unfinished = isComplete ? null : walk;
    return new SweepReport(false, isComplete, terms, entries, removed, since(begin));
  }

  private EntryWalk walk() {
    EntryWalk walk = unfinished;
    if (walk == null) {
      walk = new EntryWalk(ports.indexes(), batchSize, term -> true);
      unfinished = walk;
    }
    return walk;
  }

  /** Waits until the next entries are due; false if the lease was lost meanwhile. */
  private boolean keeps(HeldLease lease, long begin, long entries, SweepOptions options) {
    long due = begin + TimeUnit.SECONDS.toNanos(entries) / options.entriesPerSecond();
    long slice = options.lease().toNanos() / 4;
    while (due - System.nanoTime() > slice) {
      pace.waitUntil(System.nanoTime() + slice);
      if (!lease.keep()) {
        return false;
      }
    }
    pace.waitUntil(due);
    return lease.keep();
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
