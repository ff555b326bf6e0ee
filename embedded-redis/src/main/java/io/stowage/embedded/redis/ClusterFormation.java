package io.stowage.embedded.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes one Cluster of servers that know nothing of each other. */
final class ClusterFormation {

  /** The most that the node timeout may be while nodes meet. */
  private static final Duration BRIEF = Duration.ofSeconds(1);

  /** A handshake that was lost is given up by the nodes after the node timeout. */
  private static final Duration HANDSHAKE_PATIENCE = Duration.ofSeconds(3);

  private final List<EmbeddedRedis> nodes;
  private final int masters;
  private final Duration nodeTimeout;
  private final Duration limit;

  /**
   * @param nodes the future masters first, then the replicas
   * @param nodeTimeout what the nodes are set to
   */
  ClusterFormation(List<EmbeddedRedis> nodes, int masters, Duration nodeTimeout, Duration limit) {
    this.nodes = nodes;
    this.masters = masters;
    this.nodeTimeout = nodeTimeout;
    this.limit = limit;
  }

  /** Returns when all slots are served and all replicas follow. */
  ClusterTopology form() {
    boolean isLong = nodeTimeout.compareTo(BRIEF) > 0;
    if (isLong) {
      setNodeTimeout(BRIEF);
    }
    ClusterTopology topology = formed();
    if (isLong) {
      setNodeTimeout(nodeTimeout);
    }
    return topology;
  }

  private void setNodeTimeout(Duration timeout) {
    String millis = String.valueOf(timeout.toMillis());
    nodes.forEach(node -> node.command("CONFIG", "SET", "cluster-node-timeout", millis));
  }

  private ClusterTopology formed() {
    long deadline = System.nanoTime() + limit.toNanos();
    Map<EmbeddedRedis, String> ids = new LinkedHashMap<>();
    nodes.forEach(node -> ids.put(node, node.command("CLUSTER", "MYID")));
    for (int i = 0; i < masters; i++) {
      nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
      addSlots(nodes.get(i), slotsBefore(i), slotsBefore(i + 1));
    }
    introduce(deadline);
    for (int i = masters; i < nodes.size(); i++) {
      EmbeddedRedis replica = nodes.get(i);
      String master = Objects.requireNonNull(ids.get(nodes.get(i % masters)));
      Await.until(left(deadline), "The Cluster is formed", () -> replicate(replica, master));
    }
    ClusterTopology topology = new ClusterTopology(ids);
    Await.until(left(deadline), "The Cluster is formed", topology::obstacle);
    return topology;
  }

  private int slotsBefore(int master) {
    return ClusterTopology.SLOTS * master / masters;
  }

  private static void addSlots(EmbeddedRedis master, int from, int to) {
    List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
    IntStream.range(from, to).mapToObj(String::valueOf).forEach(words::add);
    master.command(words.toArray(String[]::new));
  }

  /** Everyone meets everyone, because to wait for hearsay takes longer. */
  private void introduce(long deadline) {
    while (true) {
      for (int i = 0; i < nodes.size(); i++) {
        for (EmbeddedRedis other : nodes.subList(i + 1, nodes.size())) {
          String port = String.valueOf(other.port());
          nodes.get(i).command("CLUSTER", "MEET", Loopback.HOST, port);
        }
      }
      Duration left = left(deadline);
      boolean last = left.compareTo(HANDSHAKE_PATIENCE) < 0;
      try {
        Await.until(last ? left : HANDSHAKE_PATIENCE, "All nodes have met", this::strangers);
        return;
      } catch (EmbeddedRedisException e) {
        if (last || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  private @Nullable String strangers() throws IOException {
    for (EmbeddedRedis node : nodes) {
      long known =
          ClusterNode.parse(node.ask("CLUSTER", "NODES")).values().stream()
              .filter(ClusterNode::isTrusted)
              .count();
      if (known < nodes.size()) {
        return node.address() + " knows " + known + " of " + nodes.size() + " nodes";
      }
    }
    return null;
  }

  private static @Nullable String replicate(EmbeddedRedis replica, String master)
      throws IOException {
    replica.ask("CLUSTER", "REPLICATE", master);
    return null;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}
