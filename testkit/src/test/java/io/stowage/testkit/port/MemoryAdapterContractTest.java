package io.stowage.testkit.port;

import io.stowage.spi.StorageAdapter;

/** Every clause on memory. */
class MemoryAdapterContractTest extends AdapterContract {

  @Override
  protected StorageAdapter openAdapter() {
    return Adapters.memory();
  }
}
