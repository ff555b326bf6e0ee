package io.stowage.testkit.topology;

import static java.util.Objects.requireNonNull;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.port.AdapterContract;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of the ports on servers that are started for it. */
abstract class DeployedAdapterContract extends AdapterContract {

  private final Topology topology;
  private final Server server;
  private final String adapter;
  private @Nullable Deployment deployment;

  DeployedAdapterContract(Topology topology, Server server, String adapter) {
    this.topology = topology;
    this.server = server;
    this.adapter = adapter;
  }

  @BeforeAll
  void startServers() {
    deployment = topology.start(server.binary());
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
            .filter(found -> found.name().equals(adapter))
            .findFirst()
            .orElseThrow();
    return provider.connect(requireNonNull(deployment).settings());
  }

  @Override
  public Optional<Durability> reachableDurability() {
    return topology.reachableDurability();
  }
}
