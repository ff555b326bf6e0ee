package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads from replicas, another one each time. What none can answer is read from the master; a
 * replica that failed is left alone for a while. A replica that refuses the connection, as to a
 * user who may not run {@code READONLY}, fails the read: no other try would mend it, and the
 * masters would silently get all the load.
 */
final class StaleReads {

  private final Topology topology;
  private final Servers servers;
  private final Suspects suspects = new Suspects();
  private final AtomicInteger turn = new AtomicInteger();

  StaleReads(Topology topology, Servers servers) {
    this.topology = topology;
    this.servers = servers;
  }

  List<Reply> read(List<RedisCommand> batch, Deadline deadline) {
    @Nullable Reply[] replies = new Reply[batch.size()];
    AdapterException lost = null;
    Map<Parcel, List<Reply>> all =
        Exchange.of(parcels(batch), servers::replica, Durability.master(), deadline);
    for (Map.Entry<Parcel, List<Reply>> answered : all.entrySet()) {
      Parcel parcel = answered.getKey();
      List<Reply> answers = answered.getValue();
      AdapterException failure = parcel.failure();
      if (failure != null) {
        suspects.add(parcel.server());
        lost = parcel.wasSent() || !failure.isTransient() ? failure : lost;
      }
      for (int i = 0; i < answers.size(); i++) {
        Reply reply = answers.get(i);
        if (Redirection.of(reply, parcel.server()) == null) {
          replies[parcel.errands().get(i).index()] = reply;
        }
      }
    }
    if (lost != null) {
      throw lost;
    }
    return completed(batch, replies, deadline);
  }

  private Collection<Parcel> parcels(List<RedisCommand> batch) {
    Shards shards = topology.withReplicas();
    int first = turn.getAndIncrement();
    Map<Shard, @Nullable ServerAddress> chosen = new HashMap<>();
    Map<ServerAddress, Parcel> parcels = new TreeMap<>();
    for (int i = 0; i < batch.size(); i++) {
      byte[] key = batch.get(i).key();
      Shard shard = key == null ? null : shards.serving(key);
      ServerAddress replica =
          shard == null ? null : chosen.computeIfAbsent(shard, s -> replica(s, first));
      if (replica != null) {
        parcels.computeIfAbsent(replica, Parcel::new).add(new Errand(i, batch.get(i), null, false));
      }
    }
    return parcels.values();
  }

  private @Nullable ServerAddress replica(Shard shard, int first) {
    List<ServerAddress> replicas = shard.replicas();
    for (int i = 0; i < replicas.size(); i++) {
      ServerAddress replica = replicas.get(Math.floorMod(first + i, replicas.size()));
      if (!suspects.contains(replica)) {
        return replica;
      }
    }
    return null;
  }

  /** Reads what is missing from the masters. */
  private List<Reply> completed(
      List<RedisCommand> batch, @Nullable Reply[] replies, Deadline deadline) {
    List<RedisCommand> missing = new ArrayList<>();
    for (int i = 0; i < replies.length; i++) {
      if (replies[i] == null) {
        missing.add(batch.get(i));
      }
    }
    List<Reply> fromMasters =
        missing.isEmpty()
            ? List.of()
            : new BatchCall(topology, servers, missing, Durability.master(), deadline)
                .run()
                .replies();
    List<Reply> complete = new ArrayList<>(replies.length);
    int next = 0;
    for (Reply reply : replies) {
      complete.add(reply == null ? fromMasters.get(next++) : reply);
    }
    return complete;
  }
}
