package io.stowage.core.support;

import io.stowage.api.Durability;
import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.AtomicPort;
import io.stowage.spi.AtomicResult;
import io.stowage.spi.AtomicWrite;
import io.stowage.spi.BlobPort;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexRead;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.LeasePort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.Repacking;
import io.stowage.spi.ScanPage;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.TermPage;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ports of a store with a {@link Disturbance} around every call. */
final class DisturbedPorts implements StorePorts {

  /** Items whose ids begin so cannot be in an atomic batch, as if another node had them. */
  static final String APART = "apart-";

  private final StorePorts ports;
  private final Disturbance disturbance;
  private final Optional<AtomicPort> atomic;
  private final Optional<StorePorts> confirmed;
  private final Optional<StorePorts> stale;
  private final IndexPort indexes = new Indexes();
  private final PersistencePort records = new Records();
  private final LeasePort leases = new Leases();
  private final BlobPort blobs = new Blobs();

  DisturbedPorts(
      StorePorts ports,
      Disturbance disturbance,
      Optional<AtomicPort> atomic,
      Optional<StorePorts> confirmed,
      Optional<StorePorts> stale) {
    this.ports = ports;
    this.disturbance = disturbance;
    this.atomic = atomic;
    this.confirmed = confirmed;
    this.stale = stale;
  }

  @Override
  public PersistencePort records() {
    return records;
  }

  @Override
  public IndexPort indexes() {
    return indexes;
  }

  @Override
  public Optional<IntersectionPort> intersections() {
    return ports
        .intersections()
        .map(
            port ->
                (terms, direction) ->
                    disturbance.around(
                        Call.INTERSECT, terms.size(), () -> port.intersect(terms, direction)));
  }

  @Override
  public LeasePort leases() {
    return leases;
  }

  @Override
  public BlobPort blobs() {
    return blobs;
  }

  @Override
  public Optional<AtomicPort> atomic() {
    return atomic.map(Atomic::new);
  }

  @Override
  public Optional<StorePorts> confirmed(Durability durability) {
    return confirmed;
  }

  @Override
  public Optional<StorePorts> possiblyStale() {
    return stale;
  }

  private final class Atomic implements AtomicPort {

    private final AtomicPort port;

    Atomic(AtomicPort port) {
      this.port = port;
    }

    @Override
    public boolean holdsTogether(List<String> ids) {
      return ids.stream().noneMatch(id -> id.startsWith(APART)) && port.holdsTogether(ids);
    }

    @Override
    public String requirement() {
      return "ids that do not begin with " + APART;
    }

    @Override
    public AtomicResult apply(List<AtomicWrite> writes) {
      return disturbance.around(Call.APPLY, writes.size(), () -> port.apply(writes));
    }
  }

  private final class Leases implements LeasePort {

    @Override
    public boolean acquire(String name, String holder, Duration duration) {
      return disturbance.around(
          Call.ACQUIRE, 1, () -> ports.leases().acquire(name, holder, duration));
    }

    @Override
    public boolean release(String name, String holder) {
      return disturbance.around(Call.RELEASE, 1, () -> ports.leases().release(name, holder));
    }
  }

  private final class Blobs implements BlobPort {

    @Override
    public Optional<byte[]> read(String name) {
      return disturbance.around(Call.READ_BLOB, 1, () -> ports.blobs().read(name));
    }

    @Override
    public boolean add(String name, byte[] bytes) {
      return disturbance.around(Call.ADD_BLOB, 1, () -> ports.blobs().add(name, bytes));
    }

    @Override
    public void put(String name, byte[] bytes) {
      disturbance.around(Call.PUT_BLOB, 1, () -> ports.blobs().put(name, bytes));
    }

    @Override
    public boolean remove(String name) {
      return disturbance.around(Call.REMOVE_BLOB, 1, () -> ports.blobs().remove(name));
    }
  }

  private final class Indexes implements IndexPort {

    @Override
    public void add(List<IndexEntry> entries) {
      disturbance.around(Call.ADD_ENTRIES, entries.size(), () -> ports.indexes().add(entries));
    }

    @Override
    public void remove(List<IndexEntry> entries) {
      disturbance.around(
          Call.REMOVE_ENTRIES, entries.size(), () -> ports.indexes().remove(entries));
    }

    @Override
    public List<EntryRef> read(
        IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {
      return disturbance.around(
          Call.READ_ENTRIES, 1, () -> ports.indexes().read(range, direction, after, limit));
    }

    @Override
    public List<List<EntryRef>> readAll(List<IndexRead> reads) {
      return disturbance.around(
          Call.READ_ENTRIES, reads.size(), () -> ports.indexes().readAll(reads));
    }

    @Override
    public List<Long> sizes(List<IndexRange> ranges) {
      return disturbance.around(Call.SIZES, ranges.size(), () -> ports.indexes().sizes(ranges));
    }

    @Override
    public List<@Nullable Double> scores(List<IndexEntry> entries) {
      return disturbance.around(Call.SCORES, entries.size(), () -> ports.indexes().scores(entries));
    }

    @Override
    public TermPage terms(String from, int hint) {
      return disturbance.around(Call.TERMS, hint, () -> ports.indexes().terms(from, hint));
    }
  }

  private final class Records implements PersistencePort {

    @Override
    public List<CommitResult> commit(List<Commit> commits) {
      return disturbance.around(Call.COMMIT, commits.size(), () -> ports.records().commit(commits));
    }

    @Override
    public List<RemovalResult> remove(List<Removal> removals) {
      return disturbance.around(
          Call.REMOVE, removals.size(), () -> ports.records().remove(removals));
    }

    @Override
    public List<@Nullable StoredRecord> read(List<String> ids) {
      return disturbance.around(Call.READ, ids.size(), () -> ports.records().read(ids));
    }

    @Override
    public List<@Nullable Version> versions(List<String> ids) {
      return disturbance.around(Call.VERSIONS, ids.size(), () -> ports.records().versions(ids));
    }

    @Override
    public List<Boolean> touch(List<Touch> touches) {
      return disturbance.around(Call.TOUCH, touches.size(), () -> ports.records().touch(touches));
    }

    @Override
    public List<TimeToLive> ttl(List<String> ids) {
      return disturbance.around(Call.TTL, ids.size(), () -> ports.records().ttl(ids));
    }

    @Override
    public List<Boolean> repack(List<Repacking> repackings) {
      return disturbance.around(
          Call.REPACK, repackings.size(), () -> ports.records().repack(repackings));
    }

    @Override
    public ScanPage scan(String from, int hint) {
      return disturbance.around(Call.SCAN, hint, () -> ports.records().scan(from, hint));
    }

    @Override
    public Optional<String> definition() {
      return disturbance.around(Call.DEFINITION, 1, () -> ports.records().definition());
    }

    @Override
    public String define(String definition) {
      return disturbance.around(Call.DEFINE, 1, () -> ports.records().define(definition));
    }

    @Override
    public boolean redefine(String expected, String definition) {
      return disturbance.around(
          Call.REDEFINE, 1, () -> ports.records().redefine(expected, definition));
    }

    @Override
    public long serverMicros() {
      return disturbance.around(Call.SERVER_TIME, 1, () -> ports.records().serverMicros());
    }
  }
}
