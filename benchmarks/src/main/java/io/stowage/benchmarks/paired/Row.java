package io.stowage.benchmarks.paired;

/**
 * What was measured of one kind of work.
 *
 * @param ratio the time by hand by the time of the library, round by round: 1 is as fast as by
 *     hand, less is slower
 * @param libraryPerSecond pieces of work a second, in the middle
 * @param byHandPerSecond the same by hand
 */
record Row(
    String work,
    String client,
    int threads,
    Quartiles ratio,
    long libraryPerSecond,
    long byHandPerSecond) {

  /** Whether both are of the same work, client and number of threads. */
  boolean isOfSame(Row other) {
    return work.equals(other.work) && client.equals(other.client) && threads == other.threads;
  }
}
