package io.stowage.core.protocol;

import io.stowage.api.Version;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Removes entries that readers found dead: those that are older than the grace period and do not
 * match their record's version. Runs in the background, or on the reader's thread if too much waits
 * there; it never touches an entry whose commit could still be applied.
 */
public final class ReadRepair {

  private final StorePorts ports;
  private final VersionClock clock;
  private final CleanUp cleanUp;
  private final long graceMicros;
  private final IntConsumer onRepaired;
  private final Set<IndexEntry> waiting = ConcurrentHashMap.newKeySet();

  /** A repair that tells nobody. */
  public ReadRepair(StorePorts ports, VersionClock clock, CleanUp cleanUp, Duration grace) {
    this(ports, clock, cleanUp, grace, repaired -> {});
  }

  /**
   * A repair.
   *
   * @param ports the masters' ports: what a replica answers proves nothing
   * @param onRepaired is told how many entries were removed; called on a background thread
   */
  public ReadRepair(
      StorePorts ports,
      VersionClock clock,
      CleanUp cleanUp,
      Duration grace,
      IntConsumer onRepaired) {
    this.onRepaired = onRepaired;
    this.ports = ports;
    this.clock = clock;
    this.cleanUp = cleanUp;
    this.graceMicros = grace.toNanos() / 1_000;
  }

  /**
   * Looks at entries that did not match their record, and removes those that are dead; not at those
   * that wait to be looked at already, since many readers meet the same entries.
   */
  public void suspect(List<IndexEntry> entries) {
    long now = clock.micros();
    List<IndexEntry> old =
        entries.stream().filter(entry -> isOld(entry.ref(), now)).filter(waiting::add).toList();
    if (!old.isEmpty()) {
      cleanUp.submit(
          new CleanUpJob(
              ports.indexes(),
              CleanUpJob.bytesOf(old),
              () -> dead(old),
              onRepaired,
              () -> old.forEach(waiting::remove)));
    }
  }

  /**
   * Those of the entries that are dead. The backend's time is taken before the records are read: a
   * commit of an entry that was too old at that time is refused ever after, so the record read
   * shows whether the entry will ever be needed.
   */
  public List<IndexEntry> dead(List<IndexEntry> suspects) {
    long serverMicros = ports.records().serverMicros();
    List<@Nullable Version> stored =
        ports.records().versions(suspects.stream().map(entry -> entry.ref().id()).toList());
    List<IndexEntry> dead = new ArrayList<>();
    for (int i = 0; i < suspects.size(); i++) {
      EntryRef ref = suspects.get(i).ref();
      if (isOld(ref, serverMicros) && !ref.version().equals(stored.get(i))) {
        dead.add(suspects.get(i));
      }
    }
    return dead;
  }

  private boolean isOld(EntryRef ref, long nowMicros) {
    return ref.version().micros() + graceMicros < nowMicros;
  }
}
