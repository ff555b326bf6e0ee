package io.stowage.embedded.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A slot on its way from one master of a Cluster to another, step by step. Until {@link #finish}
 * the source serves the keys that it still has and answers {@code ASK} for the others. For one
 * thread.
 */
public final class SlotMove {

  private static final int BATCH = 100;
  private static final Duration MIGRATE_LIMIT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = MIGRATE_LIMIT.plusSeconds(5);

  private final ClusterTopology topology;
  private final int slot;
  private final EmbeddedRedis source;
  private final EmbeddedRedis target;

  private SlotMove(ClusterTopology topology, int slot, EmbeddedRedis source, EmbeddedRedis target) {
    this.topology = topology;
    this.slot = slot;
    this.source = source;
    this.target = target;
  }

  static SlotMove begin(
      ClusterTopology topology, int slot, EmbeddedRedis source, EmbeddedRedis target) {
    SlotMove move = new SlotMove(topology, slot, source, target);
    move.setSlot(target, "IMPORTING", topology.id(source));
    move.setSlot(source, "MIGRATING", topology.id(target));
    return move;
  }

  /** The slot, 0 to 16383. */
  public int slot() {
    return slot;
  }

  /** The master that gives the slot away. */
  public EmbeddedRedis source() {
    return source;
  }

  /** The master that gets the slot. */
  public EmbeddedRedis target() {
    return target;
  }

  /**
   * Moves some of the slot's keys.
   *
   * @param count how many at most, at least 1
   * @return how many were moved; 0 if the source has none left
   * @throws EmbeddedRedisException if one of the masters does not answer or refuses
   */
  public int moveKeys(int count) {
    ServerBuilder.requireBetween("count", 1, Integer.MAX_VALUE, count);
    try (RespConnection connection = source.connect(PATIENCE)) {
      Object reply =
          connection.call("CLUSTER", "GETKEYSINSLOT", String.valueOf(slot), String.valueOf(count));
      List<byte[]> keys = new ArrayList<>();
      if (reply instanceof List<?> parts) {
        parts.forEach(part -> keys.add((byte[]) part));
      }
      if (!keys.isEmpty()) {
        connection.call(migrate(keys));
      }
      return keys.size();
    } catch (IOException e) {
      throw new EmbeddedRedisException("Cannot move keys of slot " + slot + ": " + e, e);
    }
  }

  private List<byte[]> migrate(List<byte[]> keys) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("MIGRATE", target.host(), String.valueOf(target.port()), "", "0"));
    words.add(String.valueOf(MIGRATE_LIMIT.toMillis()));
    Credentials credentials = target.configuration().access().internal();
    if (credentials != null) {
      Optional<String> user = Optional.ofNullable(credentials.user());
      words.add(user.isPresent() ? "AUTH2" : "AUTH");
      user.ifPresent(words::add);
      words.add(credentials.password());
    }
    words.add("KEYS");
    List<byte[]> command = new ArrayList<>();
    words.forEach(word -> command.add(word.getBytes(StandardCharsets.UTF_8)));
    command.addAll(keys);
    return command;
  }

  /**
   * Moves the keys that are left and gives the slot to the target, as all masters are told.
   *
   * @throws EmbeddedRedisException if a master does not answer or refuses
   */
  public void finish() {
    int moved = moveKeys(BATCH);
    while (moved > 0) {
      moved = moveKeys(BATCH);
    }
    String owner = topology.id(target);
    setSlot(target, "NODE", owner);
    setSlot(source, "NODE", owner);
    try {
      for (EmbeddedRedis member : topology.masters()) {
        if (member != source && member != target) {
          setSlot(member, "NODE", owner);
        }
      }
    } catch (IOException e) {
      throw new EmbeddedRedisException("Cannot tell all who has slot " + slot + ": " + e, e);
    }
  }

  private void setSlot(EmbeddedRedis member, String state, String id) {
    member.command("CLUSTER", "SETSLOT", String.valueOf(slot), state, id);
  }
}
