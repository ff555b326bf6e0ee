package io.stowage.adapter.redis.common.topology;

import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a scan of a Cluster stands: in a pass over some masters. Immutable.
 *
 * @param begin who served what when the pass began
 * @param masters the ids of the masters still to be scanned, the current one first
 * @param again the ids of masters that are known to need another pass
 * @param run the run of the current master that gave the cursor
 * @param cursor the cursor of the current master
 */
record ClusterPass(
    Ownership begin, List<String> masters, Set<String> again, String run, String cursor) {

  private static final String VERSION = "c1";

  ClusterPass {
    masters = List.copyOf(masters);
    again = Set.copyOf(again);
  }

  /** A pass that begins, over some masters and those to which they give slots away. */
  static ClusterPass over(Collection<String> masters, Ownership begin) {
    return new ClusterPass(
        begin, begin.order(masters), Set.of(), ScanStep.UNKNOWN_RUN, ScanStep.BEGIN);
  }

  String current() {
    return masters.get(0);
  }

  boolean isOver() {
    return masters.isEmpty();
  }

  ClusterPass at(String newRun, String newCursor) {
    return new ClusterPass(begin, masters, again, newRun, newCursor);
  }

  ClusterPass nextMaster() {
    return new ClusterPass(
        begin, masters.subList(1, masters.size()), again, ScanStep.UNKNOWN_RUN, ScanStep.BEGIN);
  }

  ClusterPass needing(Collection<String> more) {
    Set<String> all = new HashSet<>(again);
    return all.addAll(more) ? new ClusterPass(begin, masters, all, run, cursor) : this;
  }

  /** As printable text without white space. */
  String write() {
    List<String> owners = new ArrayList<>();
    begin
        .owners()
        .forEach(
            (id, owner) ->
                owners.add(id + "*" + owner.epoch() + "*" + SlotRanges.write(owner.slots())));
    List<String> moves = new ArrayList<>();
    for (SlotMove move : begin.moves()) {
      moves.add(move.slot() + "*" + move.from() + "*" + move.to());
    }
    return String.join(
        "!",
        VERSION,
        run,
        cursor,
        String.join("/", masters),
        String.join("/", new TreeSet<>(again)),
        String.join("/", owners),
        String.join("/", moves));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws AdapterException if it is no such text
   */
  static ClusterPass read(String text) {
    try {
      String[] parts = text.split("!", -1);
      if (parts.length != 7 || !parts[0].equals(VERSION) || !parts[2].matches("[0-9]{1,20}")) {
        throw new IllegalArgumentException("it does not have the parts that it should");
      }
      List<String> masters = list(parts[3]);
      if (masters.isEmpty()) {
        throw new IllegalArgumentException("it names no master");
      }
      return new ClusterPass(
          new Ownership(owners(parts[5]), moves(parts[6])),
          masters,
          Set.copyOf(list(parts[4])),
          parts[1],
          parts[2]);
    } catch (IllegalArgumentException e) {
      throw AdapterException.refused(
          "position '" + text + "' is none that a SCAN of this Cluster has answered", e);
    }
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("/", -1));
  }

  private static Map<String, Ownership.Owner> owners(String text) {
    Map<String, Ownership.Owner> owners = new HashMap<>();
    for (String owner : list(text)) {
      String[] parts = three(owner);
      BitSet slots = new BitSet();
      SlotRanges.read(parts[2], slots);
      owners.put(parts[0], new Ownership.Owner(Long.parseLong(parts[1]), slots));
    }
    return owners;
  }

  private static Set<SlotMove> moves(String text) {
    Set<SlotMove> moves = new HashSet<>();
    for (String move : list(text)) {
      String[] parts = three(move);
      moves.add(new SlotMove(Integer.parseInt(parts[0]), parts[1], parts[2]));
    }
    return moves;
  }

  private static String[] three(String text) {
    String[] parts = text.split("\\*", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("'" + text + "' does not have three parts");
    }
    return parts;
  }
}
