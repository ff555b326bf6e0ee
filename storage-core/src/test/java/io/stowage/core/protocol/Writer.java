package io.stowage.core.protocol;

import io.stowage.api.Document;
import io.stowage.api.Durability;
import io.stowage.api.ItemType;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.item.ItemImage;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.support.Backend;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.spi.StoredRecord;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One process that writes documents with an index on {@code kind}, by a wall clock of its own. */
final class Writer implements AutoCloseable {

  static final String STORE = "things";
  static final Duration GRACE = Duration.ofSeconds(60);

  private final StorePorts plain;
  private final ItemMapper<Document> mapper =
      new ItemMapper<>(ItemType.documents(STORE).index("kind").build(), new JsonCodec());
  private final CleanUp cleanUp = new CleanUp("test-clean-up", Duration.ofMinutes(1));

  final VersionClock clock;
  final WriteProtocol protocol;
  final RemoveProtocol removals;
  final AtomicProtocol atomic;

  Writer(Backend backend, InstantSource wall, int batchSize) {
    this(backend, backend.undisturbed(), wall, batchSize);
  }

  Writer(StorageAdapter adapter, StorageAdapter undisturbed, InstantSource wall, int batchSize) {
    this(
        WritePath.of(adapter.store(STORE), Durability.master()),
        undisturbed.store(STORE),
        wall,
        batchSize);
  }

  Writer(WritePath path, StorePorts plain, InstantSource wall, int batchSize) {
    this.plain = plain;
    this.clock = new VersionClock(wall, () -> 0);
    Retirement<Document> retirement = new Retirement<>(path.indexes(), cleanUp, mapper);
    this.protocol = new WriteProtocol(path, clock, retirement, batchSize);
    this.removals = new RemoveProtocol(path, retirement, batchSize);
    this.atomic = new AtomicProtocol(path, clock, retirement);
  }

  /** A writer that meets no disturbance. */
  static Writer undisturbed(Backend backend, InstantSource wall) {
    return new Writer(backend.undisturbed(), backend.undisturbed(), wall, 100);
  }

  StagedWrite staged(String id, String kind, Precondition precondition) {
    return staged(id, kind, precondition, Expiry.never());
  }

  StagedWrite staged(String id, String kind, Precondition precondition, Expiry expiry) {
    Document document = Document.of(Map.of("id", id, "kind", kind));
    ItemImage<Document> image = mapper.encode(id, document);
    return new StagedWrite(
        id, mapper.payloads(image), () -> mapper.terms(image), expiry, precondition, GRACE);
  }

  WriteResult write(String id, String kind, Precondition precondition) {
    return protocol.write(List.of(staged(id, kind, precondition))).get(0);
  }

  WriteResult save(String id, String kind) {
    return write(id, kind, Precondition.none());
  }

  /** Writes documents given as {@code id=kind}. */
  List<WriteResult> saveAll(String... documents) {
    return protocol.write(
        Stream.of(documents)
            .map(text -> text.split("=", -1))
            .map(parts -> staged(parts[0], parts[1], Precondition.none()))
            .toList());
  }

  @Nullable Version storedVersion(String id) {
    return plain.records().versions(List.of(id)).get(0);
  }

  @Nullable String storedKind(String id) {
    StoredRecord record = plain.records().read(List.of(id)).get(0);
    return record == null ? null : (String) mapper.decode(id, record).item().get("kind");
  }

  /** The versions of an item that have an entry for a kind. */
  List<Version> indexed(String kind, String id) {
    IndexRange range = IndexRange.all(IndexTerm.exact("kind", kind));
    return plain.indexes().read(range, Direction.ASCENDING, null, 1_000).stream()
        .filter(ref -> ref.id().equals(id))
        .map(EntryRef::version)
        .toList();
  }

  /** Finishes all clean-up that was submitted; none is done afterwards. */
  void finishCleanUp() {
    cleanUp.close();
  }

  long dropped() {
    return cleanUp.dropped();
  }

  @Override
  public void close() {
    cleanUp.close();
  }
}
