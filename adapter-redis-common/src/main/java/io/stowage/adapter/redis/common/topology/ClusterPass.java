package io.stowage.adapter.redis.common.topology;

import io.stowage.spi.AdapterException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Where a scan of a Cluster stands: in a pass over some masters, or after one. Immutable, but for
 * the sets, which nobody changes.
 *
 * @param masters the ids of the masters still to be scanned, the current one first; none if what is
 *     left is to be read slot by slot
 * @param wanted the slots whose keys are to be found
 * @param found the slots of which all keys have been found
 * @param kept the slots that were settled at the current master in all steps so far
 * @param run the run of the current master that gave the cursor
 * @param cursor the cursor of the current master
 */
record ClusterPass(
    List<String> masters, BitSet wanted, BitSet found, BitSet kept, String run, String cursor) {

  private static final String VERSION = "c2";

  ClusterPass {
    masters = List.copyOf(masters);
  }

  /** The pass over all masters that serve slots. */
  static ClusterPass first(Ownership begin) {
    return new ClusterPass(
            List.of(),
            begin.slots(),
            new BitSet(),
            allSlots(),
            ScanStep.UNKNOWN_RUN,
            ScanStep.BEGIN)
        .over(begin.serving());
  }

  private static BitSet allSlots() {
    BitSet all = new BitSet();
    all.set(0, Slots.COUNT);
    return all;
  }

  private static BitSet and(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    return both;
  }

  private static BitSet or(BitSet one, BitSet other) {
    BitSet all = (BitSet) one.clone();
    all.or(other);
    return all;
  }

  String current() {
    return masters.get(0);
  }

  boolean isOver() {
    return masters.isEmpty();
  }

  /** The slots of which keys may not have been found. */
  BitSet left() {
    BitSet left = (BitSet) wanted.clone();
    left.andNot(found);
    return left;
  }

  /** The same with more slots to be found. */
  ClusterPass wanting(BitSet more) {
    return new ClusterPass(masters, or(wanted, more), found, kept, run, cursor);
  }

  ClusterPass withFound(BitSet more) {
    return new ClusterPass(masters, wanted, or(found, more), kept, run, cursor);
  }

  /** The begin of a pass over other masters. */
  ClusterPass over(Collection<String> others) {
    return new ClusterPass(
        List.copyOf(others), wanted, found, allSlots(), ScanStep.UNKNOWN_RUN, ScanStep.BEGIN);
  }

  /** The same after a step during which these slots were settled at the current master. */
  ClusterPass keeping(BitSet settled) {
    return new ClusterPass(masters, wanted, found, and(kept, settled), run, cursor);
  }

  ClusterPass at(String newRun, String newCursor) {
    return new ClusterPass(masters, wanted, found, kept, newRun, newCursor);
  }

  /** The current master, which has been restarted, from its begin. */
  ClusterPass begunAgain(String newRun) {
    return new ClusterPass(masters, wanted, found, allSlots(), newRun, ScanStep.BEGIN);
  }

  /** The next master; of the current one nothing is known to be found. */
  ClusterPass nextMaster() {
    return over(masters.subList(1, masters.size()));
  }

  /** The next master; what was settled at the current one all the time is found. */
  ClusterPass nextMasterWithFound() {
    return withFound(kept).nextMaster();
  }

  /** As printable text without white space. */
  String write() {
    return String.join(
        "!",
        VERSION,
        run,
        cursor,
        String.join("/", masters),
        SlotRanges.write(wanted),
        SlotRanges.write(found),
        SlotRanges.write(kept));
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
      return new ClusterPass(
          parts[3].isEmpty() ? List.of() : List.of(parts[3].split("/", -1)),
          slots(parts[4]),
          slots(parts[5]),
          slots(parts[6]),
          parts[1],
          parts[2]);
    } catch (IllegalArgumentException e) {
      throw AdapterException.refused(
          "position '" + text + "' is none that a SCAN of this Cluster has answered", e);
    }
  }

  private static BitSet slots(String ranges) {
    BitSet slots = new BitSet();
    SlotRanges.read(ranges, slots);
    return slots;
  }
}
