package io.stowage.testkit.redis;

import io.stowage.api.Durability;
import io.stowage.api.StoragePlatform;
import io.stowage.testkit.storage.StorageContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of {@code Storage} through an adapter to Redis, on servers that are started before
 * the first clause and stopped after the last. Besides the adapter, the class path of the tests
 * needs {@code stowage-storage-core} and {@code stowage-serialization}. See {@link
 * RedisAdapterContract} for how to extend it.
 *
 * <p>It has the tag {@code server}, so that a build can leave out what starts servers.
 */
@Tag("server")
public abstract class RedisStorageContract extends StorageContract {

  @RegisterExtension final ContractServers servers;

  private final String adapter;

  /**
   * For subclasses, which have no parameters.
   *
   * @param adapter the adapter's {@link io.stowage.spi.AdapterProvider#name() name}
   */
  protected RedisStorageContract(Topology topology, RedisRelease release, String adapter) {
    this.servers = new ContractServers(topology, release, () -> rights(topology));
    this.adapter = adapter;
  }

  /**
   * What the user of the tests may do, as rules of {@code ACL SETUSER}. Unless overridden it may
   * use any command on keys that begin with {@link RedisDeployment#KEY_PREFIX}; an adapter that
   * documents the least rights it needs returns these.
   */
  protected List<String> rights(Topology topology) {
    return ContractServers.rightsWithinThePrefix();
  }

  @Override
  protected final StoragePlatform openPlatform() {
    return servers.deployment().open(adapter);
  }

  @Override
  public final Optional<Durability> reachableDurability() {
    return servers.topology().reachableDurability();
  }
}
