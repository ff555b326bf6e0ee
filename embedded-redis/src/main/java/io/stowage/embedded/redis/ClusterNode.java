package io.stowage.embedded.redis;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node of a Cluster as another node, or itself, sees it: a line of {@code CLUSTER NODES}.
 *
 * @param masterId of a replica; null for a master
 * @param epoch the higher one wins where two claim a slot
 * @param slots what a master serves
 * @param moving whether a slot of it is being moved
 */
record ClusterNode(
    String id,
    Set<String> flags,
    @Nullable String masterId,
    long epoch,
    BitSet slots,
    boolean moving) {

  private static final int FLAGS = 2;
  private static final int MASTER = 3;
  private static final int EPOCH = 6;
  private static final int FIRST_SLOTS = 8;

  /** All nodes in a reply to {@code CLUSTER NODES}, by their id. */
  static Map<String, ClusterNode> parse(String reply) {
    Map<String, ClusterNode> nodes = new HashMap<>();
    reply.lines().map(ClusterNode::parseLine).forEach(node -> nodes.put(node.id, node));
    return nodes;
  }

  private static ClusterNode parseLine(String line) {
    String[] words = line.split(" ", -1);
    BitSet slots = new BitSet();
    boolean moving = false;
    for (String word : List.of(words).subList(FIRST_SLOTS, words.length)) {
      if (word.startsWith("[")) {
        moving = true;
      } else if (!word.isEmpty()) {
        String[] range = word.split("-", -1);
        slots.set(Integer.parseInt(range[0]), Integer.parseInt(range[range.length - 1]) + 1);
      }
    }
    return new ClusterNode(
        words[0],
        Set.of(words[FLAGS].split(",", -1)),
        words[MASTER].equals("-") ? null : words[MASTER],
        Long.parseLong(words[EPOCH]),
        slots,
        moving);
  }

  boolean isMaster() {
    return masterId == null;
  }

  /** Whether the node is known by its name and thought to be up. */
  boolean isTrusted() {
    return flags.stream().noneMatch(Set.of("fail", "fail?", "handshake", "noaddr")::contains);
  }

  /** What a client must know of it. */
  String part() {
    return isMaster() ? "master of " + slots : "replica of " + masterId;
  }
}
