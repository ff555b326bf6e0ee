package io.stowage.testkit.port;

import io.stowage.spi.IndexPort;
import io.stowage.spi.IntersectionPort;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** An adapter over another one, with other ports; their default methods are not overridden. */
class AdapterOver implements StorageAdapter {

  final StorageAdapter right;
  private final UnaryOperator<StorePorts> change;
  private final Map<String, StorePorts> stores = new ConcurrentHashMap<>();

  AdapterOver(StorageAdapter right, UnaryOperator<StorePorts> change) {
    this.right = right;
    this.change = change;
  }

  @Override
  public String name() {
    return right.name();
  }

  @Override
  public StorePorts store(String store) {
    StorePorts ports = right.store(store);
    return stores.computeIfAbsent(store, name -> change.apply(ports));
  }

  @Override
  public void close() {
    right.close();
  }

  /** The ports of a store that leave default methods as they are, but for {@code intersections}. */
  record Plain(PersistencePort records, IndexPort indexes, Optional<IntersectionPort> intersections)
      implements StorePorts {

    static Plain of(StorePorts ports) {
      return new Plain(ports.records(), new IndexesOver(ports.indexes()), ports.intersections());
    }
  }
}
