package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.TimeToLive;
import io.stowage.api.Version;
import io.stowage.spi.CommitResult;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.RemovalResult;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import io.stowage.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One store under test: its ports, a source of versions, and the ports' methods for one item. */
final class Bench {

  /**
   * The grace period of commits that do not test it. A bench's versions begin at the backend's
   * clock when it was made, so it is longer than any test takes.
   */
  static final Duration GRACE = Duration.ofMinutes(15);

  private final StorageAdapter adapter;
  private final String store;
  private final StorePorts ports;
  private final AtomicLong lastMicros;

  private Bench(StorageAdapter adapter, String store) {
    this.adapter = adapter;
    this.store = store;
    this.ports = adapter.store(store);
    this.lastMicros = new AtomicLong(ports.records().serverMicros());
  }

  /** A store that nobody else uses. */
  static Bench of(StorageAdapter adapter) {
    return new Bench(adapter, "t" + UUID.randomUUID().toString().replace("-", ""));
  }

  /** Another store of the same adapter, by its name. */
  Bench neighbour(String name) {
    return new Bench(adapter, name);
  }

  StorageAdapter adapter() {
    return adapter;
  }

  String name() {
    return store;
  }

  StorePorts ports() {
    return ports;
  }

  PersistencePort records() {
    return ports.records();
  }

  IndexPort indexes() {
    return ports.indexes();
  }

  /** A version above all that this bench answered before, near the backend's clock. */
  Version next() {
    long micros = lastMicros.incrementAndGet();
    return Version.of(micros, (int) (micros * 31 & 0xfff));
  }

  /** A version that is older than the backend's clock by the given time. */
  Version old(Duration age) {
    return Version.of(records().serverMicros() - age.toNanos() / 1_000, 7);
  }

  /** A commit of the next version, to be refined. */
  Draft draft(String id) {
    return new Draft(
        this, id, next(), bytes("payload of " + id), Expiry.never(), Precondition.none(), GRACE);
  }

  /** Saves a record that never expires, and answers its version. */
  Version save(String id) {
    return draft(id).apply();
  }

  RemovalResult remove(String id, @Nullable Version expected) {
    return only(records().remove(List.of(new Removal(id, expected))));
  }

  boolean touch(String id, @Nullable Version expected, Expiry expiry) {
    return only(records().touch(List.of(new Touch(id, expected, expiry))));
  }

  TimeToLive ttl(String id) {
    return only(records().ttl(List.of(id)));
  }

  /** The record of an id; fails the test if there is none. */
  StoredRecord present(String id) {
    StoredRecord record = find(id);
    if (record == null) {
      throw new AssertionError("no record of id '" + id + "', expected one");
    }
    return record;
  }

  @Nullable StoredRecord find(String id) {
    List<@Nullable StoredRecord> found = records().read(List.of(id));
    assertThat(found).as("answers to one id").hasSize(1);
    return found.get(0);
  }

  @Nullable Version version(String id) {
    List<@Nullable Version> found = records().versions(List.of(id));
    assertThat(found).as("answers to one id").hasSize(1);
    return found.get(0);
  }

  /** Checks that exactly this is stored. */
  void assertStored(String id, Version version, byte[] payload) {
    StoredRecord record = present(id);
    assertThat(record.version()).as("version of '%s'", Texts.shown(id)).isEqualTo(version);
    assertThat(record.payload()).as("payload of '%s'", Texts.shown(id)).isEqualTo(payload);
    assertThat(version(id)).as("version alone of '%s'", Texts.shown(id)).isEqualTo(version);
  }

  void assertAbsent(String id) {
    assertThat(find(id)).as("record of '%s'", Texts.shown(id)).isNull();
    assertThat(version(id)).as("version of '%s'", Texts.shown(id)).isNull();
  }

  CommitResult.Status status(Draft draft) {
    return draft.send().status();
  }

  void add(IndexTerm term, EntryRef... refs) {
    indexes().add(entries(term, refs));
  }

  void removeEntries(IndexTerm term, EntryRef... refs) {
    indexes().remove(entries(term, refs));
  }

  static List<IndexEntry> entries(IndexTerm term, EntryRef... refs) {
    return List.of(refs).stream().map(ref -> new IndexEntry(term, ref)).toList();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The answer to a batch of one. */
  static <T> T only(List<T> answers) {
    assertThat(answers).as("answers to a batch of one").hasSize(1);
    return answers.get(0);
  }
}
