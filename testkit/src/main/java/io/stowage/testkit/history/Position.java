package io.stowage.testkit.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What is stored at some moment of an order that the search tries.
 *
 * @param value the number of the value that is stored
 * @param now the earliest moment that it can be
 * @param spent the optional steps that were placed to come here from where the search stands
 */
record Position(int value, long now, List<Integer> spent) {

  Position {
    spent = List.copyOf(spent);
  }

  Position after(int optional, int stored, long time) {
    List<Integer> more = new ArrayList<>(spent);
    more.add(optional);
    return new Position(stored, time, more);
  }
}
