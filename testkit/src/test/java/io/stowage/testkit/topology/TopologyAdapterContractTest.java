package io.stowage.testkit.topology;

import static java.util.Objects.requireNonNull;

import io.stowage.spi.AdapterProvider;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.port.AdapterContract;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every clause of the ports, on every combination of client, topology and server. */
@ParameterizedClass
@MethodSource("io.stowage.testkit.topology.Combination#all")
class TopologyAdapterContractTest extends AdapterContract {

  private final Combination combination;
  private @Nullable Deployment deployment;

  TopologyAdapterContractTest(Combination combination) {
    this.combination = combination;
  }

  @BeforeAll
  void startServers() {
    deployment = combination.start();
  }

  @AfterAll
  void stopServers() {
    if (deployment != null) {
      deployment.close();
    }
  }

  @Override
  protected StorageAdapter openAdapter() {
    AdapterProvider provider =
        ServiceLoader.load(AdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals(combination.adapter()))
            .findFirst()
            .orElseThrow();
    return provider.connect(requireNonNull(deployment).settings());
  }
}
