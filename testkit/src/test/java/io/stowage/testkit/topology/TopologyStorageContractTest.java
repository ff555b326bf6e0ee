package io.stowage.testkit.topology;

import static java.util.Objects.requireNonNull;

import io.stowage.api.StoragePlatform;
import io.stowage.testkit.storage.StorageContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every clause of {@code Storage}, on every combination of client, topology and server. */
@ParameterizedClass
@MethodSource("io.stowage.testkit.topology.Combination#all")
class TopologyStorageContractTest extends StorageContract {

  private final Combination combination;
  private @Nullable Deployment deployment;

  TopologyStorageContractTest(Combination combination) {
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
  protected StoragePlatform openPlatform() {
    return requireNonNull(deployment).open(combination.adapter());
  }
}
