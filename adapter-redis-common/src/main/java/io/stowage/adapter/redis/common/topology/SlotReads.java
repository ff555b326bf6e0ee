package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads all keys of single slots of a Cluster.
 *
 * <p>A slot that is settled at its master during the read has all its keys there. Of one that is
 * being moved from A to B, a key is at A, or has gone to B, or has come back if the move was given
 * up: A, B and A again are read, and the slot counts as read if A says before and after that the
 * same move goes on.
 */
final class SlotReads {

  private static final int SLOTS_AT_ONCE = 24;

  /** Servers reserve memory for so many keys. */
  private static final int MAX_KEYS = 100_000;

  /**
   * What was read.
   *
   * @param slots the slots of which all keys are in it
   * @param keys keys of these and of others
   * @param crowded the masters of slots that have too many keys to be read at once
   */
  record Found(BitSet slots, List<byte[]> keys, Set<String> crowded) {}

  private final Servers servers;
  private final ClusterNodes nodes;

  SlotReads(Servers servers, ClusterNodes nodes) {
    this.servers = servers;
    this.nodes = nodes;
  }

  /**
   * Reads the first of some slots.
   *
   * @param now who serves them; if that has changed they are not read
   * @throws AdapterException if one of them is served by nobody, or a server does not answer
   */
  Found read(BitSet slots, Ownership now, Deadline deadline) {
    Found found = new Found(new BitSet(), new ArrayList<>(), new LinkedHashSet<>());
    BitSet taken = new BitSet();
    for (int slot : slots.stream().limit(SLOTS_AT_ONCE).toArray()) {
      SlotMove move = now.move(slot);
      if (move != null) {
        readMoving(move, found, deadline);
      } else if (now.master(slot) != null) {
        taken.set(slot);
      } else {
        throw AdapterException.unavailable(
            "slot " + slot + " of the Cluster is served by nobody now", null);
      }
    }
    now.owners()
        .forEach(
            (id, owner) -> {
              BitSet own = (BitSet) owner.slots().clone();
              own.and(taken);
              if (!own.isEmpty()) {
                readSettled(id, own, found, deadline);
              }
            });
    return found;
  }

  private void readSettled(String master, BitSet slots, Found found, Deadline deadline) {
    List<Reply> replies = ask(master, slots, deadline);
    if (replies.isEmpty()) {
      return;
    }
    BitSet settled = ClusterNodes.settled(master, replies.get(0), replies.get(replies.size() - 1));
    int i = 1;
    for (int slot = slots.nextSetBit(0); slot >= 0; slot = slots.nextSetBit(slot + 1)) {
      boolean isWhole = take(replies.get(i++), master, found);
      if (isWhole && settled != null && settled.get(slot)) {
        found.slots().set(slot);
      }
    }
  }

  private void readMoving(SlotMove move, Found found, Deadline deadline) {
    boolean isWhole = true;
    boolean goesOn = true;
    BitSet slot = new BitSet();
    slot.set(move.slot());
    for (String place : List.of(move.from(), move.to(), move.from())) {
      List<Reply> replies = ask(place, slot, deadline);
      if (replies.isEmpty()) {
        return;
      }
      isWhole &= take(replies.get(1), place, found);
      if (place.equals(move.from())) {
        goesOn &= ClusterNodes.itself(replies.get(0)).moves().contains(move);
        goesOn &= ClusterNodes.itself(replies.get(2)).moves().contains(move);
      }
    }
    if (isWhole && goesOn) {
      found.slots().set(move.slot());
    }
  }

  /** Takes the keys of an answer; whether these are all. */
  private static boolean take(Reply reply, String master, Found found) {
    List<Reply> keys = Replies.array(reply);
    keys.forEach(key -> found.keys().add(Replies.bytes(key)));
    if (keys.size() < MAX_KEYS) {
      return true;
    }
    found.crowded().add(master);
    return false;
  }

  /** What a node says of itself, its keys of each slot, and again; nothing if it is gone. */
  private List<Reply> ask(String master, BitSet slots, Deadline deadline) {
    ServerAddress place = nodes.place(master, deadline);
    if (place == null) {
      return List.of();
    }
    List<RedisCommand> commands = new ArrayList<>();
    commands.add(ClusterNodes.COMMAND);
    slots.stream().mapToObj(SlotReads::keysIn).forEach(commands::add);
    commands.add(ClusterNodes.COMMAND);
    List<Reply> replies = ServerAnswers.of(servers, List.of(place), commands, deadline).from(place);
    ReplyErrors.checkReads(commands, replies);
    return replies;
  }

  private static RedisCommand keysIn(int slot) {
    return RedisCommand.keyless(
        "CLUSTER", ascii("GETKEYSINSLOT"), ascii(String.valueOf(slot)), ascii("" + MAX_KEYS));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
