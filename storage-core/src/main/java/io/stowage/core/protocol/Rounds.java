package io.stowage.core.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes in rounds of which each has an id once, so that a write that begins again cannot overtake
 * a later one. The last round has the last write of every id, in the order given, since that is the
 * order in which the items are saved; a write that is before another of its id is in a round before
 * it.
 *
 * @param rounds the writes to send, round after round
 * @param superseded writes that another one replaces for certain, and whom nobody could tell from a
 *     write that was sent
 */
record Rounds(List<List<StagedWrite>> rounds, List<StagedWrite> superseded) {

  static Rounds of(List<StagedWrite> writes) {
    Set<String> ids = new HashSet<>();
    boolean hasEachOnce = writes.stream().allMatch(write -> ids.add(write.id()));
    return hasEachOnce ? new Rounds(List.of(writes), List.of()) : inRounds(writes);
  }

  private static Rounds inRounds(List<StagedWrite> writes) {
    Map<String, Integer> later = new HashMap<>();
    Set<String> replaced = new HashSet<>();
    List<List<StagedWrite>> rounds = new ArrayList<>();
    List<StagedWrite> superseded = new ArrayList<>();
    for (int i = writes.size() - 1; i >= 0; i--) {
      StagedWrite write = writes.get(i);
      if (replaced.contains(write.id()) && write.isStoredOnceSent()) {
        superseded.add(write);
        continue;
      }
      int round = later.merge(write.id(), 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new ArrayList<>());
      }
      rounds.get(round).add(write);
      if (write.isStoredOnceSent()) {
        replaced.add(write.id());
      }
    }
    rounds.forEach(Collections::reverse);
    Collections.reverse(rounds);
    Collections.reverse(superseded);
    return new Rounds(rounds, superseded);
  }
}
