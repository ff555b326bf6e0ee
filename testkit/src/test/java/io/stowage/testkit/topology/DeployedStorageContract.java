package io.stowage.testkit.topology;

import static java.util.Objects.requireNonNull;

import io.stowage.api.Durability;
import io.stowage.api.StoragePlatform;
import io.stowage.testkit.storage.StorageContract;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract of {@code Storage} on servers that are started for it. */
abstract class DeployedStorageContract extends StorageContract {

  private final Topology topology;
  private final Server server;
  private final String adapter;
  private @Nullable Deployment deployment;

  DeployedStorageContract(Topology topology, Server server, String adapter) {
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
  protected StoragePlatform openPlatform() {
    return requireNonNull(deployment).open(adapter);
  }

  @Override
  public Optional<Durability> reachableDurability() {
    return topology.reachableDurability();
  }
}
