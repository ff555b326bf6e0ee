package io.stowage.system.kit.port;

import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.util.Map;
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
}
