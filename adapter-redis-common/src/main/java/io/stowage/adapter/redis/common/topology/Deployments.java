package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;

/** Opens connections to deployments of every topology. */
public final class Deployments {

  private Deployments() {}

  /**
   * Opens a connection, looks up who serves what, and warms up as many connections as the settings
   * ask for. The connector is closed with the connection, or if opening fails.
   *
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  public static RedisConnection open(
      RedisUri uri, ConnectionSettings settings, ServerConnector connector) {
    NetworkSettings network = settings.network();
    boolean cluster = uri.topology() == RedisUri.Topology.CLUSTER;
    Servers servers =
        new Servers(
            connector,
            uri.credentials(),
            uri.database(),
            cluster,
            network.commandTimeout().multipliedBy(2));
    RoutedConnection connection = routed(uri, settings, servers);
    try {
      connection.warmUp(network.warmConnections());
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static RoutedConnection routed(
      RedisUri uri, ConnectionSettings settings, Servers servers) {
    try {
      Topology topology = topology(uri, settings, servers);
      return new RoutedConnection(topology, servers, settings.network().commandTimeout());
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private static Topology topology(RedisUri uri, ConnectionSettings settings, Servers servers) {
    NetworkSettings network = settings.network();
    return switch (uri.topology()) {
      case STANDALONE -> new StandaloneTopology(servers, uri.servers().get(0), network);
      case SENTINEL ->
          new SentinelTopology(
              servers,
              uri.servers(),
              settings.sentinelCredentials().orElse(null),
              uri.master(),
              network);
      case CLUSTER -> new ClusterTopology(servers, uri.servers(), network);
    };
  }
}
