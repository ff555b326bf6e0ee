package io.stowage.core.support;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.core.StowagePlatform;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.StorageAdapter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Two platforms over one backend and one clock that stands still: one whose calls can be disturbed,
 * and another that stands for a process elsewhere.
 */
public final class TestPlatform implements AutoCloseable {

  public static final String STORE = "things";

  /** Indexed by {@code kind} and {@code size}, in the order of their saves. */
  public static final ItemType<Document> THINGS =
      ItemType.documents(STORE).index("kind", "tags").range("size").build();

  public final TestClock clock = new TestClock();
  public final Backend backend;
  public final StowagePlatform platform;
  private final StowagePlatform elsewhere;

  /** Platforms over a backend without replicas. */
  public TestPlatform() {
    this(MaintenanceListener.NONE, Backend::new);
  }

  /** Platforms of which the first tells a listener of its upkeep. */
  public TestPlatform(MaintenanceListener listener, Function<InstantSource, Backend> backends) {
    backend = backends.apply(clock);
    platform = over(backend, clock, listener);
    elsewhere = over(backend.undisturbed(), clock, MaintenanceListener.NONE);
  }

  private static StowagePlatform over(
      StorageAdapter adapter, InstantSource time, MaintenanceListener listener) {
    return StowagePlatform.over(adapter, new JsonCodec(), time, listener);
  }

  /** A platform over what the replica has. */
  public StowagePlatform ofReplica() {
    return over(backend.replica(), clock, MaintenanceListener.NONE);
  }

  public Storage<Document> store(ItemType<Document> type, StoreOptions options) {
    return platform.store(type, options);
  }

  /** A store through the other platform; it works on undisturbed ports. */
  public Storage<Document> elsewhere(ItemType<Document> type) {
    return elsewhere.store(type);
  }

  /** A store through the other platform, opened with options. */
  public Storage<Document> elsewhere(ItemType<Document> type, StoreOptions options) {
    return elsewhere.store(type, options);
  }

  public Disturbance disturbance() {
    return backend.disturbance();
  }

  public static Document thing(String id, String kind, int size) {
    return Document.of(Map.of("id", id, "kind", kind, "size", size));
  }

  /** The entries of a value of {@code kind}. */
  public List<EntryRef> entries(String kind) {
    return backend
        .undisturbed()
        .store(STORE)
        .indexes()
        .read(IndexRange.all(IndexTerm.exact("kind", kind)), Direction.ASCENDING, null, 100_000);
  }

  @Override
  public void close() {
    platform.close();
    elsewhere.close();
  }
}
