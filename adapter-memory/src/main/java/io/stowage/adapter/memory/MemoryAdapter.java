package io.stowage.adapter.memory;

import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A backend in the heap of this process. Each adapter has its own data, which is gone when the
 * adapter is closed. Safe for use by many threads; reads wait for no lock that other stores or
 * other index terms hold.
 */
public final class MemoryAdapter implements StorageAdapter {

  /** The name of this adapter. */
  public static final String NAME = "memory";

  private final InstantSource clock;
  private final Lifetime lifetime = new Lifetime();
  private final Map<String, MemoryStore> stores = new ConcurrentHashMap<>();

  /** An empty backend on the system's clock. */
  public MemoryAdapter() {
    this(InstantSource.system());
  }

  /**
   * An empty backend on a clock of the caller's own, which rules expiry and the age of versions.
   *
   * @param clock a clock that many threads may read
   */
  public MemoryAdapter(InstantSource clock) {
    this.clock = clock;
  }

  /** The name {@code memory}; answered by a closed adapter too. */
  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StorePorts store(String store) {
    lifetime.requireOpen();
    return stores.computeIfAbsent(store, name -> new MemoryStore(clock, lifetime));
  }

  @Override
  public void close() {
    lifetime.end();
    stores.clear();
  }
}
