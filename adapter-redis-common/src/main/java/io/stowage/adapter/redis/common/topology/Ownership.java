package io.stowage.adapter.redis.common.topology;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which master of a Cluster serves which slots, each as it sees itself, and which slots are being
 * moved. Immutable.
 */
final class Ownership {

  /** What is kept of a master. */
  record Owner(long epoch, BitSet slots) {}

  private final SortedMap<String, Owner> owners;
  private final Set<SlotMove> moves;

  Ownership(Map<String, Owner> owners, Set<SlotMove> moves) {
    this.owners = new TreeMap<>(owners);
    this.moves = Set.copyOf(moves);
  }

  SortedMap<String, Owner> owners() {
    return owners;
  }

  /** The slots that some master serves, or that are being moved. */
  BitSet slots() {
    BitSet all = new BitSet();
    owners.values().forEach(owner -> all.or(owner.slots()));
    moves.forEach(move -> all.set(move.slot()));
    return all;
  }

  /** The masters that serve slots. */
  List<String> serving() {
    return owners.entrySet().stream()
        .filter(owner -> !owner.getValue().slots().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The masters that serve more of some slots than a number. */
  List<String> withMoreThan(int number, BitSet slots) {
    return owners.entrySet().stream()
        .filter(
            owner -> {
              BitSet own = (BitSet) owner.getValue().slots().clone();
              own.and(slots);
              return own.cardinality() > number;
            })
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The master that serves a slot; null if none does. */
  @Nullable String master(int slot) {
    return owners.entrySet().stream()
        .filter(owner -> owner.getValue().slots().get(slot))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  /** The move of a slot; null if it is not being moved. */
  @Nullable SlotMove move(int slot) {
    return moves.stream().filter(move -> move.slot() == slot).findFirst().orElse(null);
  }
}
