package io.stowage.testkit.port;

import io.stowage.spi.StorageAdapter;

/** Every clause on ports that leave the default methods as they are. */
class PlainPortsContractTest extends AdapterContract {

  @Override
  protected StorageAdapter openAdapter() {
    return new AdapterOver(Adapters.memory(), AdapterOver.Plain::of);
  }
}
