package io.stowage.core.maintenance;

import io.stowage.api.Progress;
import io.stowage.api.ReindexReport;
import io.stowage.api.StoreDefinition;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.api.StoreOptions;
import io.stowage.core.definition.IndexState;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.spi.AdapterException;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Changes the indexes of a store while others read and write it, after the staged schema changes of
 * F1 (Rae et al., <em>Online, Asynchronous Schema Change in F1</em>, VLDB 2013).
 *
 * <p>An index goes through the states of {@link IndexState}, which are part of the stored
 * definition. Every process works by a definition that it has read within its lease, so at any time
 * there are at most two states of an index in use, the stored one and the one before; between a
 * change that others must know of and the work that relies on it lies a wait ({@link
 * Vigil#settle}).
 *
 * <ul>
 *   <li>Added: building, wait, backfill of all records, ready.
 *   <li>Dropped: dropping, wait, purging, wait, removal of all entries, gone.
 *   <li>Changed in its kind: both, the old one being read until the new one is ready.
 *   <li>Of another schema version: all entries are looked at, after a wait, and queries scan until
 *       they are right.
 * </ul>
 *
 * <p>Each step is derived from what is stored and the target, and ends with one atomic change of
 * what is stored. So a run that was interrupted goes on where it stopped, and a run to another
 * target turns round: what was being built is purged, and what was being dropped goes all the way
 * and is built anew, since it may lack entries. A wait is made again in full, as nobody knows
 * whether it was.
 *
 * <p>A backfill that met records which it cannot decode ends the run: the indexes go on being
 * built, and nothing that serves in their place is dropped. Another run goes on at the first of
 * these records.
 *
 * <p>One process at a time has the lease {@code reindex}.
 */
public final class Reindexer<T> {

  private static final String LEASE = "reindex";
  private static final Duration LEASE_DURATION = Duration.ofSeconds(30);

  private final StorePorts ports;
  private final ItemMapper<T> mapper;
  private final StoreDefinition target;
  private final int batchSize;
  private final Duration grace;
  private final Pace pace;

  /**
   * A reindexer.
   *
   * @param target the definition that the store shall have; its codec and its order must be the
   *     stored ones
   * @param isClosed whether the platform was closed, so that the work must end
   */
  public Reindexer(
      StorePorts ports,
      ItemMapper<T> mapper,
      StoreDefinition target,
      StoreOptions options,
      BooleanSupplier isClosed) {
    this.ports = ports;
    this.mapper = mapper;
    this.target = target;
    this.batchSize = options.batchSize();
    this.grace = options.gracePeriod();
    this.pace = new Pace(isClosed);
  }

  /**
   * Brings the store's indexes to those of the target.
   *
   * @throws AdapterException if the backend fails, the thread is interrupted, another reindex is
   *     under way, or an item cannot be indexed; what was done so far stays
   */
  public ReindexReport reindex(Consumer<Progress> progress) {
    HeldLease taken =
        HeldLease.take(ports.leases(), LEASE, UUID.randomUUID().toString(), LEASE_DURATION)
            .orElseThrow(
                () ->
                    AdapterException.unavailable(
                        "another reindex of the store is under way", null));
    try (HeldLease lease = taken) {
      Vigil vigil = new Vigil(ports.records(), lease, pace, progress, grace);
      return new Run(new DefinitionChange(ports.records(), target), vigil).run();
    }
  }

  /** One run, from what is stored to the target. */
  private final class Run {

    private final long begin = System.nanoTime();
    private final DefinitionChange change;
    private final Vigil vigil;
    private final StoredDefinition before;
    private final Backfill<T> backfill = new Backfill<>(ports, mapper, batchSize);

    Run(DefinitionChange change, Vigil vigil) {
      this.change = change;
      this.vigil = vigil;
      this.before = change.now();
    }

    ReindexReport run() {
      boolean hasMore = true;
      while (hasMore && backfill.isComplete()) {
        announce();
        hasMore = build() || drop() || retire() || purge() || raise();
      }
      return report();
    }

    /** Takes up the indexes that are missing, and gives up those that are no longer wanted. */
    private void announce() {
      StoredDefinition next =
          change
              .now()
              .changed(
                  i ->
                      i.state() == IndexState.BUILDING && !isWanted(i.index())
                          ? IndexState.PURGING
                          : i.state());
      for (IndexDefinition index : target.indexes()) {
        if (next.state(index).isEmpty()) {
          next = next.building(index);
        }
      }
      if (!next.equals(change.now())) {
        change.to(next);
      }
    }

    private boolean build() {
      if (change.now().in(IndexState.BUILDING).isEmpty()) {
        return false;
      }
      if (change.now().position().isEmpty()) {
        vigil.settle();
        change.to(change.now().at(ScanPage.START));
      }
      backfill.run(change, vigil);
      if (backfill.isComplete()) {
        change.to(change.now().changed(i -> afterBuild(i.index(), i.state())));
      }
      return true;
    }

    /** What was built can be read from now on, instead of what is no longer wanted. */
    private IndexState afterBuild(IndexDefinition index, IndexState state) {
      return switch (state) {
        case BUILDING -> IndexState.READY;
        case READY -> isWanted(index) ? IndexState.READY : IndexState.DROPPING;
        case DROPPING, PURGING -> state;
      };
    }

    private boolean drop() {
      if (change.now().in(IndexState.READY).stream().allMatch(this::isWanted)) {
        return false;
      }
      change.to(change.now().changed(i -> afterBuild(i.index(), i.state())));
      return true;
    }

    private boolean retire() {
      if (change.now().in(IndexState.DROPPING).isEmpty()) {
        return false;
      }
      vigil.settle();
      change.to(
          change
              .now()
              .changed(i -> i.state() == IndexState.DROPPING ? IndexState.PURGING : i.state()));
      return true;
    }

    private boolean purge() {
      Set<IndexDefinition> purged = new HashSet<>(change.now().in(IndexState.PURGING));
      if (purged.isEmpty()) {
        return false;
      }
      vigil.settle();
      mapper.live().renewed();
      EntryAudit audit = new EntryAudit(ports, mapper.live(), grace);
      EntryWalk walk =
          new EntryWalk(
              ports.indexes(),
              batchSize,
              term -> purged.contains(new IndexDefinition(term.index(), term.kind())));
      long removed = 0;
      while (!walk.isDone()) {
        vigil.step("removing", removed);
        List<IndexEntry> chunk = walk.next(batchSize);
        removed += audit.removeOrphans(chunk);
      }
      change.to(change.now().changed(i -> i.state() == IndexState.PURGING ? null : i.state()));
      return true;
    }

    /**
     * Brings all entries to the schema version of the target. As long as it has not come to the end
     * nobody reads them, and nobody writes items of an earlier version.
     */
    private boolean raise() {
      int wanted = target.schemaVersion();
      if (change.now().schema().isTrustedBy(wanted)) {
        return false;
      }
      if (change.now().schema().next() != wanted) {
        change.to(change.now().rising(wanted));
      }
      vigil.settle();
      long undecodable = backfill.undecodable();
      new EntryRefresh<>(ports, mapper, batchSize).run(change.now().written(), backfill, vigil);
      if (backfill.undecodable() > undecodable) {
        return false;
      }
      change.to(change.now().risen(wanted));
      return true;
    }

    private boolean isWanted(IndexDefinition index) {
      return target.indexes().contains(index);
    }

    private ReindexReport report() {
      List<IndexDefinition> present = before.in(IndexState.READY);
      List<IndexDefinition> added =
          change.now().in(IndexState.READY).stream()
              .filter(index -> !present.contains(index))
              .toList();
      List<IndexDefinition> dropped =
          before.all().stream().filter(index -> !change.now().all().contains(index)).toList();
      return new ReindexReport(
          added,
          dropped,
          backfill.records(),
          backfill.entries(),
          backfill.undecodable(),
          before.isChanging() || before.schema().isChanging(),
          Duration.ofNanos(System.nanoTime() - begin));
    }
  }
}
