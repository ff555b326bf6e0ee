package io.stowage.testkit.redis;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers of one contract class: started before all else, and stopped after all else. */
final class ContractServers implements BeforeAllCallback, AfterAllCallback {

  private final Topology topology;
  private final RedisRelease release;
  private final Supplier<List<String>> rights;
  private @Nullable RedisDeployment deployment;

  /**
   * @param rights asked when the servers start
   */
  ContractServers(Topology topology, RedisRelease release, Supplier<List<String>> rights) {
    this.topology = topology;
    this.release = release;
    this.rights = rights;
  }

  Topology topology() {
    return topology;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    deployment = topology.start(release.binary(), rights.get());
  }

  RedisDeployment deployment() {
    if (deployment == null) {
      throw new IllegalStateException("the servers are not started yet");
    }
    return deployment;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (deployment != null) {
      deployment.close();
    }
  }

  /** Whatever a client may want to do with the keys of the contracts. */
  static List<String> rightsWithinThePrefix() {
    return List.of("~" + RedisDeployment.KEY_PREFIX + "*", "&*", "+@all");
  }
}
