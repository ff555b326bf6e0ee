package io.stowage.core.maintenance;

import io.stowage.api.StoreOptions;
import io.stowage.api.SweepOptions;
import io.stowage.api.SweepReport;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
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

  /** So many batches are looked at together at most, where much is dead. */
  private static final int BATCHES_AT_ONCE = 8;

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
   * One run, which goes on where the one before stopped. What it removes does not count against its
   * pace, so it is as fast as it can where much is dead.
   *
   * @throws AdapterException if the backend fails or the thread is interrupted; what was removed
   *     before stays so
   * @throws IllegalStateException if the platform is closed
   */
  public SweepReport sweep(SweepOptions options) {
    return withLease(options, lease -> new Run(options, lease).goOn());
  }

  /**
   * A run over the beginning of each term, where the oldest entries are unless the items have an
   * order of their own, as far as it finds dead ones there. It finds what expired lately without a
   * look at all that did not.
   *
   * @throws AdapterException as {@link #sweep} does
   * @throws IllegalStateException if the platform is closed
   */
  public SweepReport sweepOldest(SweepOptions options) {
    return withLease(options, lease -> new Run(options, lease).ofOldest());
  }

  private SweepReport withLease(SweepOptions options, Function<HeldLease, SweepReport> run) {
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
        return run.apply(lease);
      }
    } finally {
      running.unlock();
    }
  }

  private static SweepReport held(long begin) {
    return new SweepReport(true, false, 0, 0, 0, since(begin));
  }

  private EntryWalk walkOfAll() {
    return new EntryWalk(ports.indexes(), batchSize, term -> true);
  }

  /** One run, under its lease. */
  private final class Run {

    private final SweepOptions options;
    private final HeldLease lease;
    private final long begin = System.nanoTime();
    private final EntryAudit audit = new EntryAudit(ports, live, grace);
    private int atOnce = batchSize;
    private long entries;
    private long removed;

    Run(SweepOptions options, HeldLease lease) {
      this.options = options;
      this.lease = lease;
    }

    SweepReport goOn() {
      EntryWalk walk = unfinished;
      if (walk == null) {
        walk = walkOfAll();
        unfinished = walk;
      }
      long termsBefore = walk.terms();
      while (goesOn(walk)) {
        Set<IndexTerm> unused = removeDead(walk);
      }
      unfinished = walk.isDone() ? null : walk;
      return report(walk, termsBefore);
    }

    SweepReport ofOldest() {
      EntryWalk walk = walkOfAll();
      while (goesOn(walk)) {
        walk.passOver(removeDead(walk));
      }
      return report(walk, 0);
    }

    private boolean goesOn(EntryWalk walk) {
      return !walk.isDone() && entries < options.maxEntries() && keepsLease();
    }

    /** Removes what is dead of the next entries; answers the terms of which nothing was. */
    private Set<IndexTerm> removeDead(EntryWalk walk) {
      List<IndexEntry> chunk = walk.next((int) Math.min(atOnce, options.maxEntries() - entries));
      EntryAudit.Verdict verdict = audit.judge(chunk);
      int dead = audit.remove(verdict);
      entries += chunk.size();
      removed += dead;
      boolean isMuch = dead > 0 && dead >= chunk.size() / 2;
      atOnce = isMuch ? Math.min(2 * atOnce, BATCHES_AT_ONCE * batchSize) : batchSize;
      Set<IndexTerm> terms = new HashSet<>(terms(chunk));
      terms.removeAll(terms(verdict.dead()));
      terms.removeAll(terms(verdict.orphaned()));
      return terms;
    }

    /** Waits until the next entries are due; false if the lease was lost meanwhile. */
    private boolean keepsLease() {
      long stayed = entries - removed;
      long due = begin + TimeUnit.SECONDS.toNanos(stayed) / options.entriesPerSecond();
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

    private SweepReport report(EntryWalk walk, long termsBefore) {
      return new SweepReport(
          false, walk.isDone(), walk.terms() - termsBefore, entries, removed, since(begin));
    }
  }

  private static Set<IndexTerm> terms(List<IndexEntry> entries) {
    return entries.stream().map(IndexEntry::term).collect(Collectors.toSet());
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }
}
