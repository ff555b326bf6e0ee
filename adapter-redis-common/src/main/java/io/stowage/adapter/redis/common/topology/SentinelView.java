package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one Sentinel tells of a master.
 *
 * @param id its id; its address if it may not be asked
 * @param epoch the epoch of its configuration, which a majority has agreed on; -1 if that may not
 *     be asked
 * @param shard the master and the replicas that are there
 * @param others where the other Sentinels are that it knows, by their ids
 */
record SentinelView(String id, long epoch, Shard shard, Map<String, ServerAddress> others) {

  private static final Set<String> AWAY =
      Set.of("s_down", "o_down", "disconnected", "handshake", "master_down");

  SentinelView {
    others = Map.copyOf(others);
  }

  /** How many Sentinels there are, as far as it knows. */
  int all() {
    return others.size() + 1;
  }

  /** The questions about a master of a name. */
  static List<RedisCommand> questions(String name) {
    return List.of(
        about("GET-MASTER-ADDR-BY-NAME", name),
        about("REPLICAS", name),
        about("MASTER", name),
        about("SENTINELS", name),
        RedisCommand.keyless("SENTINEL", ascii("MYID")));
  }

  private static RedisCommand about(String question, String name) {
    return RedisCommand.keyless("SENTINEL", ascii(question), name.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads the answers to {@link #questions}; all but the first may have been refused.
   *
   * @throws AdapterException if the Sentinel may not be asked, or does not know the master
   */
  static SentinelView read(ServerAddress sentinel, String name, List<Reply> replies) {
    if (replies.get(0) instanceof Reply.Failure error) {
      throw ReplyErrors.onConnect(sentinel, error.text(), null);
    }
    if (replies.get(0) instanceof Reply.Nil) {
      throw AdapterException.refused(
          "the Sentinel at " + sentinel + " knows no master '" + name + "'", null);
    }
    List<Reply> place = Replies.array(replies.get(0));
    ServerAddress master =
        new ServerAddress(Replies.text(place.get(0)), (int) Replies.decimal(place.get(1)));
    return new SentinelView(
        replies.get(4) instanceof Reply.Bulk id ? Replies.text(id) : sentinel.toString(),
        epoch(replies.get(2)),
        new Shard(master, replicas(replies.get(1))),
        others(replies.get(3)));
  }

  private static long epoch(Reply reply) {
    String epoch =
        reply instanceof Reply.Array parts ? new Fields(parts.elements()).get("config-epoch") : "";
    return epoch.matches("[0-9]{1,18}") ? Long.parseLong(epoch) : -1;
  }

  /** The replicas that are there; none if this may not be asked. */
  private static List<ServerAddress> replicas(Reply reply) {
    List<ServerAddress> replicas = new ArrayList<>();
    for (Fields fields : each(reply)) {
      boolean away = Set.of(fields.get("flags").split(",", -1)).stream().anyMatch(AWAY::contains);
      if (!away && fields.get("master-link-status").equals("ok")) {
        replicas.add(fields.place());
      }
    }
    return replicas;
  }

  private static Map<String, ServerAddress> others(Reply reply) {
    Map<String, ServerAddress> others = new HashMap<>();
    for (Fields fields : each(reply)) {
      if (!fields.get("ip").isEmpty() && fields.get("port").matches("[0-9]{1,5}")) {
        others.put(fields.get("runid"), fields.place());
      }
    }
    return others;
  }

  private static List<Fields> each(Reply reply) {
    return reply instanceof Reply.Array all
        ? all.elements().stream().map(one -> new Fields(Replies.array(one))).toList()
        : List.of();
  }

  /** Names and values in turn. */
  private record Fields(List<Reply> parts) {

    String get(String name) {
      for (int i = 0; i + 1 < parts.size(); i += 2) {
        if (Replies.text(parts.get(i)).equals(name)) {
          return Replies.text(parts.get(i + 1));
        }
      }
      return "";
    }

    ServerAddress place() {
      return new ServerAddress(get("ip"), Integer.parseInt(get("port")));
    }
  }
}
