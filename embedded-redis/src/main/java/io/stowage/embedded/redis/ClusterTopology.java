package io.stowage.embedded.redis;

import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is what in a Cluster now. It is asked of the nodes each time, and nothing is kept. */
final class ClusterTopology {

  static final int SLOTS = 16_384;

  private final Map<EmbeddedRedis, String> ids;

  /**
   * @param ids the members' names in the Cluster, which they keep for life, in the members' order
   */
  ClusterTopology(Map<EmbeddedRedis, String> ids) {
    this.ids = new LinkedHashMap<>(ids);
  }

  List<EmbeddedRedis> members() {
    return List.copyOf(ids.keySet());
  }

  List<EmbeddedRedis> serving() {
    return ids.keySet().stream().filter(EmbeddedRedis::isServing).toList();
  }

  String id(EmbeddedRedis member) {
    String id = ids.get(member);
    if (id == null) {
      throw new IllegalArgumentException(member + " is no member of this Cluster");
    }
    return id;
  }

  /** What each serving member says of itself; one that is being stopped meanwhile is left out. */
  Map<EmbeddedRedis, ClusterNode> selves() throws IOException {
    Map<EmbeddedRedis, ClusterNode> selves = new LinkedHashMap<>();
    for (EmbeddedRedis member : serving()) {
      try {
        selves.put(member, self(member));
      } catch (IOException e) {
        if (member.isServing()) {
          throw e;
        } // else it was stopped after it was chosen, and is not asked for any more
      }
    }
    return selves;
  }

  /** What a member says of itself. */
  ClusterNode self(EmbeddedRedis member) throws IOException {
    return find(member, id(member), view(member));
  }

  /** The serving masters. */
  List<EmbeddedRedis> masters() throws IOException {
    return selves().entrySet().stream()
        .filter(entry -> entry.getValue().isMaster())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The serving master of a slot; of two that claim it, the one that will win. */
  Optional<EmbeddedRedis> owner(int slot) throws IOException {
    return selves().entrySet().stream()
        .filter(entry -> entry.getValue().isMaster() && entry.getValue().slots().get(slot))
        .max(Comparator.comparingLong(entry -> entry.getValue().epoch()))
        .map(Map.Entry::getKey);
  }

  /** The member of that name. */
  Optional<EmbeddedRedis> member(String id) {
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** What keeps the serving members from being one whole Cluster; null if nothing does. */
  @Nullable String obstacle() throws IOException {
    List<EmbeddedRedis> serving = serving();
    Map<String, String> agreed = Map.of();
    for (EmbeddedRedis member : serving) {
      if (member.ask("CLUSTER", "INFO").lines().noneMatch("cluster_state:ok"::equals)) {
        return member.address() + " does not say cluster_state:ok";
      }
      Map<String, ClusterNode> view = view(member);
      Map<String, String> parts = new LinkedHashMap<>();
      for (EmbeddedRedis other : serving) {
        ClusterNode node = view.get(id(other));
        if (node == null || !node.isTrusted()) {
          return member.address() + " takes " + other.address() + " for unknown or failed";
        }
        if (node.moving()) {
          return "a slot of " + member.address() + " is being moved";
        }
        parts.put(node.id(), node.part());
      }
      if (!agreed.isEmpty() && !agreed.equals(parts)) {
        return member.address() + " and " + serving.get(0).address() + " see it differently";
      }
      agreed = parts;
    }
    return obstacleInParts();
  }

  private @Nullable String obstacleInParts() throws IOException {
    Map<EmbeddedRedis, ClusterNode> selves = selves();
    BitSet covered = new BitSet();
    for (Map.Entry<EmbeddedRedis, ClusterNode> entry : selves.entrySet()) {
      ClusterNode node = entry.getValue();
      if (node.isMaster()) {
        covered.or(node.slots());
        String obstacle = Replication.obstacle(entry.getKey(), replicasOf(node.id(), selves));
        if (obstacle != null) {
          return obstacle;
        }
      }
    }
    return covered.cardinality() == SLOTS
        ? null
        : (SLOTS - covered.cardinality()) + " slots have no master that serves";
  }

  static List<EmbeddedRedis> replicasOf(String id, Map<EmbeddedRedis, ClusterNode> selves) {
    return selves.entrySet().stream()
        .filter(entry -> id.equals(entry.getValue().masterId()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, ClusterNode> view(EmbeddedRedis member) throws IOException {
    return ClusterNode.parse(member.ask("CLUSTER", "NODES"));
  }

  private static ClusterNode find(EmbeddedRedis member, String id, Map<String, ClusterNode> view)
      throws IOException {
    ClusterNode node = view.get(id);
    if (node == null) {
      throw new IOException(member.address() + " does not know itself as " + id);
    }
    return node;
  }
}
