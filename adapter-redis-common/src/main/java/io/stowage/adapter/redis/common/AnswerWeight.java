package io.stowage.adapter.redis.common;

/**
 * How many bytes the answer to one kind of question takes, by what the last ones took. A wrong
 * guess costs time and nothing else. Safe for use by many threads.
 */
final class AnswerWeight {

  private final long first;
  private final double memory;
  private volatile double bytes = -1;

  /**
   * @param first what is assumed before anything is known
   * @param memory after how many answers the ones before them count for nothing
   */
  AnswerWeight(long first, int memory) {
    this.first = first;
    this.memory = memory;
  }

  /** Of one record; a single large one among many small ones weighs little. */
  static AnswerWeight ofRecords() {
    return new AnswerWeight(64 << 10, 64);
  }

  /** Of the entries that one command reads from an index. */
  static AnswerWeight ofEntries() {
    return new AnswerWeight(64 << 10, 8);
  }

  /** The bytes of one answer; at least 1. */
  long expected() {
    double known = bytes;
    return known < 0 ? first : Math.max(1, (long) known);
  }

  /** Some answers took so many bytes all together. */
  void learn(long answers, long total) {
    if (answers > 0) {
      double known = bytes;
      double average = (double) total / answers;
      bytes = known < 0 ? average : known + (average - known) * Math.min(1, answers / memory);
    }
  }
}
