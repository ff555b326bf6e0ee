package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code CLUSTER SLOTS}. */
final class ClusterSlots {

  private final ServerAddress asked;
  private final @Nullable Shard[] bySlot = new Shard[Slots.COUNT];
  private final Map<String, ServerAddress> byId = new HashMap<>();

  private ClusterSlots(ServerAddress asked) {
    this.asked = asked;
  }

  /**
   * Reads the answer.
   *
   * @param asked the server that gave it, whose host stands for those that it does not know
   */
  static Shards read(Reply reply, ServerAddress asked) {
    ClusterSlots slots = new ClusterSlots(asked);
    for (Reply range : Replies.array(reply)) {
      slots.add(Replies.array(range));
    }
    return Shards.ofCluster(slots.bySlot, Map.copyOf(slots.byId));
  }

  private void add(List<Reply> range) {
    int first = (int) Replies.integer(range.get(0));
    int last = (int) Replies.integer(range.get(1));
    List<ServerAddress> servers = new ArrayList<>();
    for (Reply server : range.subList(2, range.size())) {
      servers.add(server(Replies.array(server)));
    }
    if (!servers.isEmpty()) {
      Shard shard = new Shard(servers.get(0), servers.subList(1, servers.size()));
      for (int slot = first; slot <= last; slot++) {
        bySlot[slot] = shard;
      }
    }
  }

  private ServerAddress server(List<Reply> parts) {
    String host = parts.get(0) instanceof Reply.Nil ? "" : Replies.text(parts.get(0));
    ServerAddress address =
        new ServerAddress(
            host.isEmpty() || host.equals("?") ? asked.host() : host,
            (int) Replies.integer(parts.get(1)));
    byId.put(Replies.text(parts.get(2)), address);
    return address;
  }
}
