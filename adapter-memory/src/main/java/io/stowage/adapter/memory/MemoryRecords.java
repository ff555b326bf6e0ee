package io.stowage.adapter.memory;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of one store in the heap. Every write is atomic per id; an expired record is absent
 * by the clock given, whether or not it is freed yet.
 */
final class MemoryRecords implements PersistencePort {

  private static final int MAX_PAGE = 10_000;
  private static final String AFTER = ">";

  private final InstantSource clock;
  private final Lifetime lifetime;
  private final RecordMap records;
  private final BatchGate gate;
  private final ExpiredRecords expired;
  private final MemoryIndexes indexes;
  private final AtomicReference<@Nullable String> definition = new AtomicReference<>();

  MemoryRecords(StoreParts store) {
    this.clock = store.clock();
    this.lifetime = store.lifetime();
    this.records = store.records();
    this.gate = store.gate();
    this.expired = store.expired();
    this.indexes = store.indexes();
  }

  @Override
  public List<CommitResult> commit(List<Commit> commits) {
    return commit(commits, commit -> AddedEntries.UNKNOWN);
  }

  /**
   * Stores records.
   *
   * @param added the entries that were added for the record of a commit: they are removed when
   *     another write has replaced or removed it
   */
  List<CommitResult> commit(List<Commit> commits, Function<Commit, AddedEntries> added) {
    lifetime.requireOpen();
    List<CommitResult> results = new ArrayList<>(commits.size());
    for (Commit commit : commits) {
      results.add(gate.write(() -> commit(commit, added.apply(commit))));
      expired.freeSome();
    }
    return results;
  }

  private CommitResult commit(Commit commit, AddedEntries added) {
    AtomicReference<@Nullable CommitResult> answer = new AtomicReference<>();
    AtomicReference<@Nullable HeapRecord> gone = new AtomicReference<>();
    HeapRecord next = HeapRecord.of(commit, added);
    records.change(
        commit.id(),
        held -> {
          Instant now = clock.instant();
          HeapRecord stored = WriteRules.present(held, now.toEpochMilli());
          Status status = WriteRules.check(commit, stored, now);
          HeapRecord replaced = status == Status.APPLIED ? stored : null;
          gone.set(replaced);
          answer.set(
              new CommitResult(
                  status,
                  WriteRules.micros(now),
                  stored == null ? null : stored.version(),
                  replaced == null ? null : payloadOf(replaced)));
          return status == Status.APPLIED
              ? next.expiringAt(WriteRules.expiresAt(commit.expiry(), stored, now.toEpochMilli()))
              : stored;
        });
    retire(gone.get());
    return Objects.requireNonNull(answer.get());
  }

  /** The payload of a replaced record; null if nobody needs it, as all its entries go with it. */
  private byte @Nullable [] payloadOf(HeapRecord replaced) {
    return indexes.areAll(replaced.added()) ? null : replaced.answerable();
  }

  /** To be called when nobody can read the record any more: until then its entries must stay. */
  private void retire(@Nullable HeapRecord gone) {
    if (gone != null) {
      indexes.retire(gone.added());
    }
  }

  @Override
  public List<RemovalResult> remove(List<Removal> removals) {
    lifetime.requireOpen();
    List<RemovalResult> results = new ArrayList<>(removals.size());
    for (Removal removal : removals) {
      results.add(gate.write(() -> remove(removal)));
      expired.freeSome();
    }
    return results;
  }

  private RemovalResult remove(Removal removal) {
    AtomicReference<@Nullable HeapRecord> gone = new AtomicReference<>();
    records.change(
        removal.id(),
        held -> {
          HeapRecord stored = WriteRules.present(held, clock.millis());
          if (stored == null || !WriteRules.isExpected(removal.expected(), stored)) {
            return stored;
          }
          gone.set(stored);
          return null;
        });
    HeapRecord removed = gone.get();
    retire(removed);
    return removed == null
        ? RemovalResult.NOTHING
        : new RemovalResult(removed.version(), removed.answerable());
  }

  @Override
  public List<@Nullable StoredRecord> read(List<String> ids) {
    lifetime.requireOpen();
    return gate.read(() -> found(ids, HeapRecord::copy));
  }

  @Override
  public List<@Nullable Version> versions(List<String> ids) {
    lifetime.requireOpen();
    return gate.read(() -> found(ids, HeapRecord::version));
  }

  private <R> List<@Nullable R> found(List<String> ids, Function<HeapRecord, R> answer) {
    List<@Nullable R> found = new ArrayList<>(ids.size());
    for (String id : ids) {
      HeapRecord stored = find(id, clock.millis());
      found.add(stored == null ? null : answer.apply(stored));
    }
    return found;
  }

  @Override
  public List<Boolean> touch(List<Touch> touches) {
    lifetime.requireOpen();
    List<Boolean> results = new ArrayList<>(touches.size());
    for (Touch touch : touches) {
      results.add(gate.write(() -> touch(touch)));
      expired.freeSome();
    }
    return results;
  }

  private boolean touch(Touch touch) {
    AtomicReference<@Nullable HeapRecord> met = new AtomicReference<>();
    records.change(
        touch.id(),
        held -> {
          long now = clock.millis();
          HeapRecord stored = WriteRules.present(held, now);
          if (stored == null || !WriteRules.isExpected(touch.expected(), stored)) {
            return stored;
          }
          met.set(stored);
          long expiresAt = WriteRules.expiresAt(touch.expiry(), stored, now);
          return WriteRules.present(stored.expiringAt(expiresAt), now);
        });
    return met.get() != null;
  }

  @Override
  public List<Boolean> repack(List<Repacking> repackings) {
    lifetime.requireOpen();
    List<Boolean> results = new ArrayList<>(repackings.size());
    for (Repacking repacking : repackings) {
      results.add(gate.write(() -> repack(repacking)));
    }
    return results;
  }

  private boolean repack(Repacking repacking) {
    AtomicReference<@Nullable HeapRecord> met = new AtomicReference<>();
    records.change(
        repacking.id(),
        held -> {
          HeapRecord stored = WriteRules.present(held, clock.millis());
          if (stored == null || !WriteRules.isExpected(repacking.version(), stored)) {
            return stored;
          }
          met.set(stored);
          return stored.holding(repacking.payload().clone());
        });
    return met.get() != null;
  }

  @Override
  public List<TimeToLive> ttl(List<String> ids) {
    lifetime.requireOpen();
    return gate.read(() -> timesToLive(ids));
  }

  private List<TimeToLive> timesToLive(List<String> ids) {
    List<TimeToLive> found = new ArrayList<>(ids.size());
    for (String id : ids) {
      long now = clock.millis();
      HeapRecord stored = find(id, now);
      found.add(stored == null ? TimeToLive.absent() : stored.timeToLive(now));
    }
    return found;
  }

  @Override
  public ScanPage scan(String from, int hint) {
    lifetime.requireOpen();
    String after = scanned(from);
    int limit = Math.max(1, Math.min(hint, MAX_PAGE));
    return gate.read(() -> page(after, limit));
  }

  private ScanPage page(@Nullable String after, int limit) {
    int left = limit;
    List<String> ids = new ArrayList<>();
    String last = null;
    for (String id : records.idsAfter(after)) {
      if (left == 0) {
        return new ScanPage(ids, AFTER + last);
      }
      if (find(id, clock.millis()) != null) {
        ids.add(id);
      }
      last = id;
      left--;
    }
    return new ScanPage(ids, null);
  }

  /** The id after which a part of a scan begins; null if it begins at the first. */
  private static @Nullable String scanned(String from) {
    if (from.equals(ScanPage.START)) {
      return null;
    }
    if (!from.startsWith(AFTER)) {
      throw new IllegalArgumentException(
          "scan position is '" + from + "'; allowed are ScanPage.START and the next of a page");
    }
    return from.substring(AFTER.length());
  }

  @Override
  public Optional<String> definition() {
    lifetime.requireOpen();
    return Optional.ofNullable(definition.get());
  }

  @Override
  public String define(String requested) {
    lifetime.requireOpen();
    String stored = definition.compareAndExchange(null, requested);
    return stored == null ? requested : stored;
  }

  @Override
  public boolean redefine(String expected, String requested) {
    lifetime.requireOpen();
    String stored = definition.get();
    return expected.equals(stored) && definition.compareAndSet(stored, requested);
  }

  /**
   * Answers alone: a commit that was let pass by an earlier time may not have shown its record yet,
   * and whoever reads next would take its entries for dead.
   */
  @Override
  public long serverMicros() {
    lifetime.requireOpen();
    return gate.writeAlone(() -> WriteRules.micros(clock.instant()));
  }

  private @Nullable HeapRecord find(String id, long nowMillis) {
    HeapRecord held = records.get(id);
    if (held != null && held.isExpired(nowMillis)) {
      return records.freeIfExpired(id, nowMillis);
    }
    return held;
  }

  /** How many records are held, expired ones included. */
  int held() {
    return records.held();
  }
}
