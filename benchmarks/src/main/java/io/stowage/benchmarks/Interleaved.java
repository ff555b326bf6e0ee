package io.stowage.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Compares two pieces of work in turns, so that what slows one down slows the other down as well.
 */
final class Interleaved {

  private static final int WARM_UP_ROUNDS = 20;
  private static final int ROUNDS = 61;
  private static final int CALLS = 2_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Whatever is stored here was worth computing. */
  @SuppressWarnings("unused")
  private static volatile Object result = "";

  private Interleaved() {}

  /** The median over many rounds of the time of one by that of the other. */
  static double medianRatio(Supplier<?> work, Supplier<?> measure) {
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      nanosOf(work);
      nanosOf(measure);
    }
    double[] ratios = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      ratios[i] = (double) nanosOf(work) / nanosOf(measure);
    }
    Arrays.sort(ratios);
    return ratios[ROUNDS / 2];
  }

  /** Processor time of this thread: what others do meanwhile does not count. */
  private static long nanosOf(Supplier<?> work) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < CALLS; i++) {
      result = work.get();
    }
    return THREADS.getCurrentThreadCpuTime() - start;
  }
}
