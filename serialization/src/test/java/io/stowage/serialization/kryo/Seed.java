package io.stowage.serialization.kryo;

/** The seed of a test: a new one each time, or the one of {@code -Dstowage.seed}; printed. */
final class Seed {

  private Seed() {}

  static long of(String test) {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println(test + " seed " + seed);
    return seed;
  }
}
