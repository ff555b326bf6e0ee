package io.stowage.benchmarks.paired;

import java.util.Arrays;

/**
 * The middle of some figures: a quarter of them is below {@code lower}, half of them below {@code
 * median}, a quarter above {@code upper}. Where that falls between two figures it is interpolated.
 */
record Quartiles(double lower, double median, double upper) {

  /**
   * Those of these figures.
   *
   * @throws IllegalArgumentException if there are none, or one is no number
   */
  static Quartiles of(double[] figures) {
    if (figures.length == 0 || Arrays.stream(figures).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException(
          "figures are " + Arrays.toString(figures) + "; allowed are one or more numbers");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double part) {
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** Whether these ranges have no figure in common. */
  boolean isApartFrom(Quartiles other) {
    return upper < other.lower || lower > other.upper;
  }
}
