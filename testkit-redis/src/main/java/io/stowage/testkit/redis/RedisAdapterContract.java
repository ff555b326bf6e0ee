package io.stowage.testkit.redis;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.port.AdapterContract;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of the ports for an adapter to Redis, on servers that are started before the first
 * clause and stopped after the last:
 *
 * <pre>{@code
 * class MyClientContractTest extends RedisAdapterContract {
 *   MyClientContractTest() {
 *     super(Topology.STANDALONE, RedisRelease.DETECTED, "redis-mine");
 *   }
 * }
 * }</pre>
 *
 * <p>The adapter is found by its name among the installed {@link AdapterProvider}s, as an
 * application finds it. A class for each topology and server; clauses of one class run beside each
 * other, as {@link AdapterContract} says.
 *
 * <p>It has the tag {@code server}, so that a build can leave out what starts servers.
 */
@Tag("server")
public abstract class RedisAdapterContract extends AdapterContract {

  @RegisterExtension final ContractServers servers;

  private final String adapter;

  /**
   * For subclasses, which have no parameters.
   *
   * @param adapter the adapter's {@link AdapterProvider#name() name}
   */
  protected RedisAdapterContract(Topology topology, RedisRelease release, String adapter) {
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
  protected final StorageAdapter openAdapter() {
    List<AdapterProvider> installed =
        ServiceLoader.load(AdapterProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return installed.stream()
        .filter(provider -> provider.name().equals(adapter))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no adapter '%s' in META-INF/services/%s; there are %s"
                        .formatted(
                            adapter,
                            AdapterProvider.class.getName(),
                            installed.stream().map(AdapterProvider::name).toList())))
        .connect(servers.deployment().settings());
  }

  @Override
  public final Optional<Durability> reachableDurability() {
    return servers.topology().reachableDurability();
  }
}
