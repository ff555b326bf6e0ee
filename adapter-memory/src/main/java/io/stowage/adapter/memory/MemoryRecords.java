package io.stowage.adapter.memory;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of one store in the heap. Every write is atomic per id, and a batch is atomic as a
 * whole; an expired record is absent by the clock given, and freed when an access meets it or a
 * later write comes by.
 */
final class MemoryRecords implements PersistencePort, AtomicPort {

  private static final int MAX_PAGE = 10_000;
  private static final String AFTER = ">";

  private final InstantSource clock;
  private final Lifetime lifetime;
  private final RecordMap records = new RecordMap();
  private final BatchGate gate = new BatchGate();
  private final AtomicReference<@Nullable String> definition = new AtomicReference<>();

  MemoryRecords(InstantSource clock, Lifetime lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  @Override
  public List<CommitResult> commit(List<Commit> commits) {
    lifetime.requireOpen();
    List<CommitResult> results = new ArrayList<>(commits.size());
    for (Commit commit : commits) {
      results.add(gate.write(() -> commit(commit)));
      records.freeSomeExpired(clock.millis());
    }
    return results;
  }

  private CommitResult commit(Commit commit) {
    AtomicReference<@Nullable CommitResult> answer = new AtomicReference<>();
    byte[] payload = commit.payload().clone();
    records.change(
        commit.id(),
        held -> {
          Instant now = clock.instant();
          HeapRecord stored = present(held, now.toEpochMilli());
          long expiresAt = expiresAt(commit.expiry(), now.toEpochMilli());
          Status status = check(commit, stored, expiresAt, now);
          boolean applied = status == Status.APPLIED;
          answer.set(
              new CommitResult(
                  status,
                  micros(now),
                  stored == null ? null : stored.version(),
                  applied && stored != null ? stored.answerable() : null));
          return applied ? new HeapRecord(commit.version(), payload, expiresAt) : stored;
        });
    return answered(answer);
  }

  private static Status check(
      Commit commit, @Nullable HeapRecord stored, long expiresAt, Instant now) {
    if (!holds(commit.precondition(), stored)) {
      return Status.PRECONDITION_FAILED;
    }
    if (expiresAt <= now.toEpochMilli()) {
      return Status.EXPIRED;
    }
    long oldest = micros(now) - TimeUnit.MICROSECONDS.convert(commit.grace());
    if (commit.version().micros() < oldest) {
      return Status.TOO_OLD;
    }
    boolean isNewer = stored == null || commit.version().isNewerThan(stored.version());
    return isNewer ? Status.APPLIED : Status.NOT_NEWER;
  }

  private static boolean holds(Precondition precondition, @Nullable HeapRecord stored) {
    return switch (precondition.kind()) {
      case NONE -> true;
      case ABSENT -> stored == null;
      case VERSION -> stored != null && stored.version().equals(precondition.version());
    };
  }

  @Override
  public List<RemovalResult> remove(List<Removal> removals) {
    lifetime.requireOpen();
    List<RemovalResult> results = new ArrayList<>(removals.size());
    for (Removal removal : removals) {
      results.add(gate.write(() -> remove(removal)));
      records.freeSomeExpired(clock.millis());
    }
    return results;
  }

  private RemovalResult remove(Removal removal) {
    AtomicReference<@Nullable RemovalResult> answer = new AtomicReference<>();
    records.change(
        removal.id(),
        held -> {
          HeapRecord stored = present(held, clock.millis());
          if (stored == null || !isExpected(removal.expected(), stored)) {
            answer.set(RemovalResult.NOTHING);
            return stored;
          }
          answer.set(new RemovalResult(stored.version(), stored.answerable()));
          return null;
        });
    return answered(answer);
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
      records.freeSomeExpired(clock.millis());
    }
    return results;
  }

  private boolean touch(Touch touch) {
    AtomicReference<@Nullable Boolean> answer = new AtomicReference<>();
    records.change(
        touch.id(),
        held -> {
          long now = clock.millis();
          HeapRecord stored = present(held, now);
          if (stored == null || !isExpected(touch.expected(), stored)) {
            answer.set(false);
            return stored;
          }
          answer.set(true);
          return present(stored.expiringAt(expiresAt(touch.expiry(), now)), now);
        });
    return answered(answer);
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
    AtomicReference<@Nullable Boolean> answer = new AtomicReference<>();
    records.change(
        repacking.id(),
        held -> {
          HeapRecord stored = present(held, clock.millis());
          if (stored == null || !isExpected(repacking.version(), stored)) {
            answer.set(false);
            return stored;
          }
          answer.set(true);
          return stored.holding(repacking.payload().clone());
        });
    return answered(answer);
  }

  @Override
  public boolean holdsTogether(List<String> ids) {
    lifetime.requireOpen();
    return true;
  }

  @Override
  public String requirement() {
    return "nothing";
  }

  @Override
  public AtomicResult apply(List<AtomicWrite> writes) {
    lifetime.requireOpen();
    checkBatch(writes);
    AtomicResult result = gate.writeAlone(() -> applyAlone(writes));
    records.freeSomeExpired(clock.millis());
    return result;
  }

  private static void checkBatch(List<AtomicWrite> writes) {
    if (writes.isEmpty() || writes.size() > MAX_WRITES) {
      throw new IllegalArgumentException(
          "atomic batch has " + writes.size() + " writes; allowed is 1 to " + MAX_WRITES);
    }
    Set<String> ids = new HashSet<>();
    for (AtomicWrite write : writes) {
      if (!ids.add(write.id())) {
        throw new IllegalArgumentException(
            "id '" + write.id() + "' is twice in an atomic batch; allowed is once");
      }
    }
  }

  /** All checks go by one moment, so that nothing expires between them and the changes. */
  private AtomicResult applyAlone(List<AtomicWrite> writes) {
    Instant now = clock.instant();
    List<CommitResult> results = writes.stream().map(write -> check(write, now)).toList();
    boolean isApplied = results.stream().allMatch(result -> result.status() == Status.APPLIED);
    if (!isApplied) {
      return new AtomicResult(false, results);
    }
    List<CommitResult> applied = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      applied.add(withPayload(results.get(i), replace(writes.get(i), now.toEpochMilli())));
    }
    return new AtomicResult(true, applied);
  }

  private CommitResult check(AtomicWrite write, Instant now) {
    HeapRecord stored = present(records.get(write.id()), now.toEpochMilli());
    Status status;
    if (write instanceof Commit commit) {
      status = check(commit, stored, expiresAt(commit.expiry(), now.toEpochMilli()), now);
    } else {
      Version expected = ((Removal) write).expected();
      boolean isAsExpected =
          expected == null || (stored != null && expected.equals(stored.version()));
      status = isAsExpected ? Status.APPLIED : Status.PRECONDITION_FAILED;
    }
    return new CommitResult(status, micros(now), stored == null ? null : stored.version(), null);
  }

  /** Puts the write's record in the place of the one that is answered. */
  private @Nullable HeapRecord replace(AtomicWrite write, long nowMillis) {
    HeapRecord next =
        write instanceof Commit commit
            ? new HeapRecord(
                commit.version(), commit.payload().clone(), expiresAt(commit.expiry(), nowMillis))
            : null;
    HeapRecord before = present(records.get(write.id()), nowMillis);
    records.change(write.id(), held -> next);
    return before;
  }

  private static CommitResult withPayload(CommitResult result, @Nullable HeapRecord replaced) {
    return new CommitResult(
        result.status(),
        result.serverMicros(),
        result.stored(),
        replaced == null ? null : replaced.answerable());
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

  @Override
  public long serverMicros() {
    lifetime.requireOpen();
    return micros(clock.instant());
  }

  private @Nullable HeapRecord find(String id, long nowMillis) {
    HeapRecord held = records.get(id);
    if (held != null && held.isExpired(nowMillis)) {
      return records.freeIfExpired(id, nowMillis);
    }
    return held;
  }

  private static @Nullable HeapRecord present(@Nullable HeapRecord held, long nowMillis) {
    return held == null || held.isExpired(nowMillis) ? null : held;
  }

  private static boolean isExpected(@Nullable Version expected, HeapRecord stored) {
    return expected == null || expected.equals(stored.version());
  }

  private static long expiresAt(Expiry expiry, long nowMillis) {
    return switch (expiry.kind()) {
      case NEVER -> HeapRecord.NEVER;
      case AFTER -> nowMillis + expiry.millis();
      case AT -> expiry.millis();
    };
  }

  private static long micros(Instant moment) {
    return TimeUnit.SECONDS.toMicros(moment.getEpochSecond()) + moment.getNano() / 1_000;
  }

  private static <T> T answered(AtomicReference<@Nullable T> answer) {
    T value = answer.get();
    if (value == null) {
      throw new IllegalStateException("the change was not applied");
    }
    return value;
  }

  /** How many records are held, expired ones included. */
  int held() {
    return records.held();
  }
}
