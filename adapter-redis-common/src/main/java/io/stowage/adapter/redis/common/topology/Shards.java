package io.stowage.adapter.redis.common.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which shard serves which keys, as far as is known. Immutable. */
final class Shards {

  private final List<Shard> all;
  private final @Nullable SlotTable bySlot;
  private final Map<String, ServerAddress> byId;

  private Shards(List<Shard> all, @Nullable SlotTable bySlot, Map<String, ServerAddress> byId) {
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
    Set<Shard> met = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Shard shard : bySlot) {
      if (shard != null && met.add(shard)) {
        all.add(shard);
      }
    }
    return new Shards(List.copyOf(all), SlotTable.of(bySlot), byId);
  }

  List<Shard> all() {
    return all;
  }

  boolean isSingleNode() {
    return bySlot == null;
  }

  /** The shard that serves a key; null if none is known. */
  @Nullable Shard serving(byte[] key) {
    return bySlot == null ? all.get(0) : bySlot.get(Slots.of(key));
  }

  /** A shard for commands without keys; another one for each attempt. */
  @Nullable Shard any(int attempt) {
    return all.isEmpty() ? null : all.get(Math.floorMod(attempt, all.size()));
  }

  /** Where the node of a Cluster with this id is; null if it serves nothing that is known. */
  @Nullable ServerAddress node(String id) {
    return byId.get(id);
  }

  /**
   * The same, but the master at this address serves this slot. After a failover each of thousands
   * of slots is told so, hence it costs little; a shard that has lost its last slot stays listed
   * until the topology is looked at again.
   */
  Shards moved(int slot, ServerAddress master) {
    SlotTable table = bySlot;
    if (table == null) {
      return this;
    }
    Shard known = table.get(slot);
    if (known != null && known.master().equals(master)) {
      return this;
    }
    for (Shard shard : all) {
      if (shard.master().equals(master)) {
        return new Shards(all, table.with(slot, shard), byId);
      }
    }
    Shard unknown = Shard.of(master);
    List<Shard> more = new ArrayList<>(all);
    more.add(unknown);
    return new Shards(List.copyOf(more), table.with(slot, unknown), byId);
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
