package io.stowage.adapter.redis.common.topology;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one line of {@code CLUSTER NODES} says about a node. Only its own answer tells which slots
 * are being moved to or from it.
 *
 * @param id the node's id
 * @param place where it is; null if that is not known
 * @param flags what it is
 * @param epoch the epoch of its claim to its slots, which changes when it takes over any
 * @param slots the slots that it serves
 * @param moves the slots that are being moved to or from it
 */
record NodeView(
    String id,
    @Nullable ServerAddress place,
    Set<String> flags,
    long epoch,
    BitSet slots,
    Set<SlotMove> moves) {

  private static final Pattern MOVE = Pattern.compile("\\[([0-9]+)-([<>])-([0-9a-zA-Z]+)]");

  /** Reads a line. */
  static NodeView read(String line) {
    String[] words = line.trim().split(" ", -1);
    BitSet slots = new BitSet();
    Set<SlotMove> moves = new HashSet<>();
    for (int i = 8; i < words.length; i++) {
      Matcher move = MOVE.matcher(words[i]);
      if (move.matches()) {
        boolean away = move.group(2).equals(">");
        moves.add(
            new SlotMove(
                Integer.parseInt(move.group(1)),
                away ? words[0] : move.group(3),
                away ? move.group(3) : words[0]));
      } else {
        SlotRanges.read(words[i], slots);
      }
    }
    return new NodeView(
        words[0],
        place(words[1]),
        Set.of(words[2].split(",", -1)),
        Long.parseLong(words[6]),
        slots,
        Set.copyOf(moves));
  }

  private static @Nullable ServerAddress place(String text) {
    ServerAddress place = ServerAddress.parse(text.split("[@,]", 2)[0]);
    return place.host().isEmpty() || place.port() == 0 ? null : place;
  }

  boolean isItself() {
    return flags.contains("myself");
  }

  boolean isMaster() {
    return flags.contains("master");
  }

  /** The slots that it serves and that are not being moved, as a copy. */
  BitSet settled() {
    BitSet settled = (BitSet) slots.clone();
    moves.forEach(move -> settled.clear(move.slot()));
    return settled;
  }

  /** Whether it can hold no key that anybody could read. */
  boolean isGone() {
    return slots.isEmpty()
        && (flags.contains("fail") || flags.contains("noaddr") || flags.contains("handshake"));
  }
}
