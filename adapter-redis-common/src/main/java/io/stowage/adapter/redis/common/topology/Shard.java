package io.stowage.adapter.redis.common.topology;

import java.util.List;

/** A master and those that copy it. */
record Shard(ServerAddress master, List<ServerAddress> replicas) {

  Shard {
    replicas = List.copyOf(replicas);
  }

  static Shard of(ServerAddress master) {
    return new Shard(master, List.of());
  }
}
