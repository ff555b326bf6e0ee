package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks the nodes of a Cluster which slots they serve and which they are giving away. */
final class ClusterNodes {

  static final RedisCommand COMMAND =
      RedisCommand.keyless("CLUSTER", "NODES".getBytes(StandardCharsets.US_ASCII));

  private final Topology topology;
  private final Servers servers;

  ClusterNodes(Topology topology, Servers servers) {
    this.topology = topology;
    this.servers = servers;
  }

  /** What a node says of itself. */
  static NodeView itself(Reply reply) {
    for (NodeView node : all(reply)) {
      if (node.isItself()) {
        return node;
      }
    }
    throw AdapterException.unavailable("a node of the Cluster does not tell its own id", null);
  }

  /**
   * The slots that were settled at a master from one answer to the other, which it gave in one
   * pipeline; null if it is not known to have served the same slots all the time, or is no master.
   */
  static @Nullable BitSet settled(String id, Reply first, Reply last) {
    NodeView before = itself(first);
    NodeView after = itself(last);
    if (!before.id().equals(id)
        || !after.id().equals(id)
        || !before.isMaster()
        || !after.isMaster()
        || before.epoch() != after.epoch()) {
      return null;
    }
    BitSet settled = before.settled();
    settled.and(after.settled());
    return settled;
  }

  private static List<NodeView> all(Reply reply) {
    ReplyErrors.checkReads(List.of(COMMAND), List.of(reply));
    return Replies.text(reply).lines().filter(line -> !line.isBlank()).map(NodeView::read).toList();
  }

  /**
   * Asks all masters, those without slots too, for keys may be on their way to them; two round
   * trips.
   *
   * @throws AdapterException if one does not answer
   */
  Ownership ownership(Deadline deadline) {
    Map<String, ServerAddress> masters = mastersByAny(deadline);
    ServerAnswers answers = ServerAnswers.of(servers, masters.values(), List.of(COMMAND), deadline);
    Map<String, Ownership.Owner> owners = new HashMap<>();
    Set<SlotMove> moves = new HashSet<>();
    masters.forEach(
        (id, place) -> {
          NodeView node = itself(answers.from(place).get(0));
          if (!node.isMaster() || !node.id().equals(id)) {
            topology.lookAgain();
            throw AdapterException.unavailable(
                "the node at " + place + " has just changed its role", null);
          }
          owners.put(id, new Ownership.Owner(node.epoch(), node.slots()));
          moves.addAll(node.moves());
        });
    return new Ownership(owners, moves);
  }

  /** The masters that one of them knows. */
  private Map<String, ServerAddress> mastersByAny(Deadline deadline) {
    Shard any = topology.shards().any(0);
    if (any == null) {
      throw AdapterException.unavailable("no server of the Cluster is known", null);
    }
    return masters(ask(any.master(), deadline), any.master());
  }

  private Reply ask(ServerAddress server, Deadline deadline) {
    return ServerAnswers.of(servers, List.of(server), List.of(COMMAND), deadline)
        .from(server)
        .get(0);
  }

  private Map<String, ServerAddress> masters(Reply reply, ServerAddress asked) {
    Map<String, ServerAddress> masters = new HashMap<>();
    for (NodeView node : all(reply)) {
      if (node.isMaster() && !node.isGone()) {
        masters.put(node.id(), address(node, asked));
      }
    }
    return masters;
  }

  /** As clients are told to reach it, if it serves slots; else as it is known to the others. */
  private ServerAddress address(NodeView node, ServerAddress asked) {
    ServerAddress known = topology.shards().node(node.id());
    ServerAddress place = node.isItself() ? asked : node.place();
    if (known == null && place == null) {
      throw AdapterException.unavailable("where node " + node.id() + " is, is not known", null);
    }
    return known == null ? Objects.requireNonNull(place) : known;
  }

  /**
   * Where a master is; null if there is none of this id any more. One round trip for a master
   * without slots, which the topology does not know; none for others.
   *
   * @throws AdapterException if no server of the Cluster answers
   */
  @Nullable ServerAddress place(String id, Deadline deadline) {
    ServerAddress known = topology.shards().node(id);
    return known == null ? mastersByAny(deadline).get(id) : known;
  }
}
