package io.stowage.adapter.redis.common.topology;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
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

  Set<SlotMove> moves() {
    return moves;
  }

  private @Nullable Owner owner(String id) {
    return owners.get(id);
  }

  /**
   * The order in which to scan masters: where a slot is being moved, its old master comes before
   * the new one, so that a key on its way is met at one of them. The new masters of slots that are
   * being moved away from the given ones are among them; a master that would have to be both before
   * and after another comes twice.
   */
  List<String> order(Collection<String> masters) {
    Set<String> closed = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(masters);
    while (!open.isEmpty()) {
      String master = open.remove();
      if (owners.containsKey(master) && closed.add(master)) {
        moves.stream().filter(m -> m.from().equals(master)).map(SlotMove::to).forEach(open::add);
      }
    }
    List<String> order = new ArrayList<>();
    closed.stream().filter(this::givesAway).sorted().forEach(order::add);
    closed.stream().filter(id -> !givesAway(id)).sorted().forEach(order::add);
    for (SlotMove move : moves) {
      int from = order.indexOf(move.from());
      if (from >= 0 && owners.containsKey(move.to()) && order.lastIndexOf(move.to()) < from) {
        order.add(move.to());
      }
    }
    return order;
  }

  private boolean givesAway(String master) {
    return moves.stream().anyMatch(move -> move.from().equals(master));
  }

  /**
   * The masters to which keys may have come since an earlier look, by another way than by a move
   * that was already under way then.
   */
  Set<String> gainedSince(Ownership earlier) {
    Set<String> gained = new LinkedHashSet<>();
    owners.forEach(
        (id, now) -> {
          Owner then = earlier.owner(id);
          if (then == null ? !now.slots().isEmpty() : then.epoch() != now.epoch()) {
            gained.add(id);
          } else if (then != null) {
            BitSet more = (BitSet) now.slots().clone();
            more.andNot(then.slots());
            if (!more.isEmpty()) {
              gained.add(id);
            }
          }
        });
    for (SlotMove move : moves) {
      if (!earlier.moves.contains(move)) {
        gained.add(move.to());
      }
    }
    for (SlotMove move : earlier.moves) {
      if (!moves.contains(move)) {
        gained.add(move.from());
        gained.add(move.to());
      }
    }
    gained.retainAll(owners.keySet());
    return gained;
  }
}
