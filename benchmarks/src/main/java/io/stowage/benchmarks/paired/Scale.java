package io.stowage.benchmarks.paired;

/**
 * How much is measured.
 *
 * @param rounds how often each side does each piece of work, measured
 * @param warmUpRounds how often it does so before
 * @param sessions how many sessions of documents there are
 * @param lists how many lists a turn has
 */
record Scale(int rounds, int warmUpRounds, int sessions, int lists) {

  static final int MAX_ROUNDS = 1_000;

  /** What the figures in docs/benchmarks.md were measured with: takes a bit more than a minute. */
  static final Scale USUAL = new Scale(40, 8, 2, 16);

  Scale withRounds(int number) {
    if (number < 1 || number > MAX_ROUNDS) {
      throw new IllegalArgumentException(
          "rounds is " + number + "; allowed are 1 to " + MAX_ROUNDS);
    }
    return new Scale(number, Math.min(number, warmUpRounds), sessions, lists);
  }
}
