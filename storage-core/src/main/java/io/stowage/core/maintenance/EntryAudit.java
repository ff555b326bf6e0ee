package io.stowage.core.maintenance;

import io.stowage.api.Version;
import io.stowage.core.definition.LiveDefinition;
import io.stowage.core.definition.StoredDefinition;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells which index entries nobody needs, and removes them. Used by one thread.
 *
 * <p>An entry is <em>dead</em> if it does not match its record's version and is older than the
 * grace period. The server's time is taken before the versions are read: a commit of an entry that
 * was too old at that time is refused ever after. The time may have been taken a while before, as
 * entries only seem younger by that.
 *
 * <p>An entry is <em>orphaned</em> if its index is not written by anybody and it is older than the
 * grace period, whatever its record.
 */
final class EntryAudit {

  private static final long TIME_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What nobody needs of some entries. */
  record Verdict(List<IndexEntry> dead, List<IndexEntry> orphaned) {

    boolean isClean() {
      return dead.isEmpty() && orphaned.isEmpty();
    }
  }

  private final StorePorts ports;
  private final LiveDefinition live;
  private final long graceMicros;
  private long serverMicros;
  private long takenNanos;

  /** An audit that begins now. One round trip. */
  EntryAudit(StorePorts ports, LiveDefinition live, Duration grace) {
    this.ports = ports;
    this.live = live;
    this.graceMicros = TimeUnit.NANOSECONDS.toMicros(grace.toNanos());
    takeTime();
  }

  private void takeTime() {
    takenNanos = System.nanoTime();
    serverMicros = ports.records().serverMicros();
  }

  /** Judges entries. One round trip if there are old ones, and now and then another. */
  Verdict judge(List<IndexEntry> entries) {
    if (System.nanoTime() - takenNanos > TIME_NANOS) {
      takeTime();
    }
    StoredDefinition definition = live.current();
    List<IndexEntry> orphaned = new ArrayList<>();
    Map<String, List<IndexEntry>> old = new HashMap<>();
    for (IndexEntry entry : entries) {
      if (isOld(entry.ref())) {
        if (definition.isWritten(entry.term())) {
          old.computeIfAbsent(entry.ref().id(), id -> new ArrayList<>()).add(entry);
        } else {
          orphaned.add(entry);
        }
      }
    }
    return new Verdict(dead(old), orphaned);
  }

  private List<IndexEntry> dead(Map<String, List<IndexEntry>> old) {
    if (old.isEmpty()) {
      return List.of();
    }
    List<String> ids = List.copyOf(old.keySet());
    List<@Nullable Version> versions = ports.records().versions(ids);
    List<IndexEntry> dead = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      Version stored = versions.get(i);
      for (IndexEntry entry : old.getOrDefault(ids.get(i), List.of())) {
        if (!entry.ref().version().equals(stored)) {
          dead.add(entry);
        }
      }
    }
    return dead;
  }

  private boolean isOld(EntryRef ref) {
    return ref.version().micros() + graceMicros < serverMicros;
  }

  /** Removes what nobody needs; answers how many entries. One round trip. */
  int remove(Verdict verdict) {
    if (verdict.isClean()) {
      return 0;
    }
    List<IndexEntry> all = new ArrayList<>(verdict.dead());
    all.addAll(verdict.orphaned());
    ports.indexes().remove(all);
    return all.size() - revive(verdict.orphaned());
  }

  /**
   * Removes entries of indexes that nobody writes; answers how many.
   *
   * @param entries entries of indexes that were not written when they were read
   */
  int removeOrphans(List<IndexEntry> entries) {
    return remove(new Verdict(List.of(), entries));
  }

  /**
   * Puts back the entries of an index that was added anew before they were removed, which takes a
   * process that was suspended between the two for longer than a reindex waits. An entry too many
   * does no harm.
   */
  private int revive(List<IndexEntry> orphaned) {
    if (orphaned.isEmpty()) {
      return 0;
    }
    StoredDefinition now = live.current();
    List<IndexEntry> needed = orphaned.stream().filter(e -> now.isWritten(e.term())).toList();
    if (!needed.isEmpty()) {
      ports.indexes().add(needed);
    }
    return needed.size();
  }
}
