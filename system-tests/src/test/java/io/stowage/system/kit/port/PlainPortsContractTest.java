package io.stowage.system.kit.port;

import io.stowage.spi.IndexPort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.testkit.port.AdapterContract;

/** Every clause on ports that leave the default methods as they are. */
class PlainPortsContractTest extends AdapterContract {

  @Override
  protected StorageAdapter openAdapter() {
    return new AdapterOver(Adapters.memory(), PlainPortsContractTest::plain);
  }

  private static StorePorts plain(StorePorts ports) {
    return new PortsOver(ports) {
      private final IndexPort indexes = new IndexesOver(ports.indexes());

      @Override
      public IndexPort indexes() {
        return indexes;
      }
    };
  }
}
