package io.stowage.adapter.redis.common.topology;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which shard serves which keys, as far as is known. Immutable. */
final class Shards {

  private final List<Shard> all;
  private final @Nullable Shard @Nullable [] bySlot;

  private final Map<String, ServerAddress> byId;

  private Shards(
      List<Shard> all, @Nullable Shard @Nullable [] bySlot, Map<String, ServerAddress> byId) {
    this.all = all;
    this.bySlot = bySlot;
    this.byId = byId;
  }

  /** One shard that serves every key. */
  static Shards one(Shard shard) {
    return new Shards(List.of(shard), null, Map.of());
  }

  /**
   * The shards of a Cluster.
   *
   * @param bySlot the shard of each slot, or null; not to be changed any more
   * @param byId where the node of each id is
   */
  static Shards ofCluster(@Nullable Shard[] bySlot, Map<String, ServerAddress> byId) {
    Set<Shard> all = new LinkedHashSet<>();
    for (Shard shard : bySlot) {
      if (shard != null) {
        all.add(shard);
      }
    }
    return new Shards(List.copyOf(all), bySlot, byId);
  }

  List<Shard> all() {
    return all;
  }

  boolean isSingleNode() {
    return bySlot == null;
  }

  /** The shard that serves a key; null if none is known. */
  @Nullable Shard serving(byte[] key) {
    return bySlot == null ? all.get(0) : bySlot[Slots.of(key)];
  }

  /** A shard for commands without keys; another one for each attempt. */
  @Nullable Shard any(int attempt) {
    return all.isEmpty() ? null : all.get(Math.floorMod(attempt, all.size()));
  }

  /** Where the node of a Cluster with this id is; null if it serves nothing that is known. */
  @Nullable ServerAddress node(String id) {
    return byId.get(id);
  }

  /** The same, but the master at this address serves this slot. */
  Shards moved(int slot, ServerAddress master) {
    if (bySlot == null) {
      return this;
    }
    Shard known = bySlot[slot];
    if (known != null && known.master().equals(master)) {
      return this;
    }
    @Nullable Shard[] changed = bySlot.clone();
    changed[slot] =
        all.stream()
            .filter(shard -> shard.master().equals(master))
            .findFirst()
            .orElseGet(() -> Shard.of(master));
    return ofCluster(changed, byId);
  }

  /** All servers, masters first. */
  List<ServerAddress> servers() {
    Set<ServerAddress> servers = new LinkedHashSet<>(masters());
    for (Shard shard : all) {
      servers.addAll(shard.replicas());
    }
    return new ArrayList<>(servers);
  }

  List<ServerAddress> masters() {
    return all.stream().map(Shard::master).distinct().toList();
  }
}
