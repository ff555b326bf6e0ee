package io.stowage.adapter.redis.common.topology;

import java.util.BitSet;

/** Sets of slots as text: {@code 0-5460,7000}. */
final class SlotRanges {

  private SlotRanges() {}

  static String write(BitSet slots) {
    StringBuilder text = new StringBuilder();
    for (int from = slots.nextSetBit(0); from >= 0; ) {
      int to = slots.nextClearBit(from) - 1;
      text.append(text.isEmpty() ? "" : ",").append(from);
      if (to > from) {
        text.append('-').append(to);
      }
      from = slots.nextSetBit(to + 1);
    }
    return text.toString();
  }

  /**
   * Adds the slots that a text names.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static void read(String text, BitSet slots) {
    if (text.isEmpty()) {
      return;
    }
    for (String range : text.split(",", -1)) {
      if (!range.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
        throw new IllegalArgumentException("'" + range + "' is no range of slots");
      }
      int dash = range.indexOf('-');
      int from = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int to = dash < 0 ? from : Integer.parseInt(range.substring(dash + 1));
      if (from > to || to >= Slots.COUNT) {
        throw new IllegalArgumentException("'" + range + "' is no range of slots");
      }
      slots.set(from, to + 1);
    }
  }
}
