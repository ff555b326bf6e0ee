package io.stowage.testkit.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client on a topology of servers.
 *
 * @param topology how the servers are arranged
 * @param server which server it is
 * @param adapter the name of the adapter
 */
record Combination(Topology topology, Server server, String adapter) {

  private static final List<String> ADAPTERS = List.of("redis-lettuce", "redis-jedis");

  /**
   * Every topology on both old and current Redis, and a single server also on the newest ones. The
   * system property {@code stowage.topologies=few} leaves one version for each topology.
   */
  static Stream<Combination> all() {
    boolean few = "few".equals(System.getProperty("stowage.topologies"));
    List<Combination> all = new ArrayList<>();
    for (String adapter : ADAPTERS) {
      for (Topology topology : Topology.values()) {
        all.add(new Combination(topology, Server.REDIS_7_0, adapter));
        if (!few) {
          all.add(new Combination(topology, Server.REDIS_6_2, adapter));
        }
      }
      if (!few) {
        all.add(new Combination(Topology.STANDALONE, Server.VALKEY_8, adapter));
        all.add(new Combination(Topology.STANDALONE, Server.REDIS_8, adapter));
      }
    }
    return all.stream();
  }

  /** Starts the servers. */
  Deployment start() {
    return topology.start(server.binary());
  }

  @Override
  public String toString() {
    return adapter + " on " + topology + " of " + server;
  }
}
