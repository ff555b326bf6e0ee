package io.stowage.adapter.redis.common.server;

import io.stowage.adapter.redis.common.RedisUri.Topology;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Every command that the adapters use, directly or within scripts, and what of it a user must be
 * allowed. A command that is used anywhere must be in this list.
 *
 * <p>{@code AUTH} and {@code HELLO} are not in it: every user may run them.
 */
public final class CommandRights {

  private static final Set<Topology> ALL = EnumSet.allOf(Topology.class);
  private static final Set<Topology> ONE_NODE = EnumSet.of(Topology.STANDALONE, Topology.SENTINEL);
  private static final Set<Topology> SENTINEL = EnumSet.of(Topology.SENTINEL);
  private static final Set<Topology> CLUSTER = EnumSet.of(Topology.CLUSTER);

  /** Stands for a key in the arguments of a probe. */
  static final String KEY = "<key>";

  private static final String NO_DIGEST = "0".repeat(40);

  private static final List<CommandRight> RIGHTS =
      List.of(
          CommandRight.onKey("get", ALL, KEY),
          CommandRight.onKey("mget", ONE_NODE, KEY),
          CommandRight.onKey("getrange", ALL, KEY, "0", "0"),
          CommandRight.onKey("set", ALL, KEY, "", "XX"),
          CommandRight.onKey("del", ALL, KEY),
          CommandRight.onKey("pttl", ALL, KEY),
          CommandRight.onKey("pexpire", ALL, KEY, "1"),
          CommandRight.onKey("pexpireat", ALL, KEY, "1"),
          CommandRight.onKey("persist", ALL, KEY),
          CommandRight.onKey("zadd", ALL, KEY, "XX", "0", "-"),
          CommandRight.onKey("zrem", ALL, KEY, "-"),
          CommandRight.onKey("zrange", ALL, KEY, "0", "0"),
          CommandRight.onKey("zscore", ALL, KEY, "-"),
          CommandRight.onKey("zcard", ALL, KEY),
          CommandRight.onKey("zcount", ALL, KEY, "0", "0"),
          CommandRight.onKey("zinter", ONE_NODE, "1", KEY),
          CommandRight.onKey("eval", ALL, "return 1", "1", KEY),
          CommandRight.onKey("evalsha", ALL, NO_DIGEST, "1", KEY),
          CommandRight.keyless("scan", ALL, "0", "MATCH", KEY, "COUNT", "1"),
          CommandRight.keyless("time", ALL),
          CommandRight.keyless("ping", ALL),
          CommandRight.keyless("role", SENTINEL),
          CommandRight.keyless("cluster|slots", CLUSTER),
          CommandRight.keyless("cluster|nodes", CLUSTER),
          CommandRight.keyless("cluster|getkeysinslot", CLUSTER, "0", "0"),
          CommandRight.keyless("asking", CLUSTER),
          CommandRight.unprobed("readonly", CLUSTER),
          CommandRight.unprobed("select", ONE_NODE),
          CommandRight.unprobed("client|setname", ALL),
          CommandRight.optional("wait", "the durability level cannot be had", "0", "0"),
          CommandRight.optional(
              "info",
              "version, memory and persistence are not known,"
                  + " and a scan may miss items if a server restarts meanwhile"),
          CommandRight.optional("acl|whoami", ""));

  private CommandRights() {}

  /** What a deployment needs. */
  static List<CommandRight> of(Topology topology) {
    return RIGHTS.stream().filter(right -> right.topologies().contains(topology)).toList();
  }

  /**
   * The rules, as {@code ACL SETUSER} takes them, that let a user do what the adapters do and
   * nothing more: {@code -@all}, the commands, and the keys.
   *
   * @param keyPrefix what all keys begin with
   */
  public static List<String> rules(String keyPrefix, Topology topology) {
    List<String> rules = new ArrayList<>();
    rules.add("resetkeys");
    rules.add(keys(keyPrefix));
    rules.add("-@all");
    of(topology).forEach(right -> rules.add(right.rule()));
    return rules;
  }

  /** {@link #rules} as one line. */
  public static String line(String keyPrefix, Topology topology) {
    return String.join(" ", rules(keyPrefix, topology));
  }

  /** The rules for a user of the Sentinel servers themselves. */
  public static List<String> rulesOnSentinel() {
    return List.of(
        "-@all",
        "+sentinel|get-master-addr-by-name",
        "+sentinel|replicas",
        "+sentinel|master",
        "+sentinel|sentinels",
        "+sentinel|myid");
  }

  /**
   * The rule for keys with a prefix. Rules hold no white space, so a single character stands in its
   * place for any other.
   */
  static String keys(String keyPrefix) {
    String literal = keyPrefix.replaceAll("[\\\\*?\\[\\]]", "\\\\$0");
    return "~" + literal.replaceAll("[\\s\\p{Cntrl}\"']", "?") + "*";
  }
}
