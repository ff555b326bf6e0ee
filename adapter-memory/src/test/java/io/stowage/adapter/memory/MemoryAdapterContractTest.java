package io.stowage.adapter.memory;

import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.port.AdapterContract;

/** Every clause of the ports in memory. */
class MemoryAdapterContractTest extends AdapterContract {

  @Override
  protected StorageAdapter openAdapter() {
    return new MemoryAdapter();
  }
}
