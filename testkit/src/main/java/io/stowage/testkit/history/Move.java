package io.stowage.testkit.history;

import java.util.List;

/**
 * The next part of an order: some optional steps, then an answered one.
 *
 * @param spent the numbers of the optional steps
 * @param step the number of the answered step; negative if there is none
 * @param value the number of the value that is stored then
 * @param now the earliest moment at which that can be
 */
record Move(List<Integer> spent, int step, int value, long now) {

  static final int NO_STEP = -1;

  boolean hasStep() {
    return step >= 0;
  }
}
