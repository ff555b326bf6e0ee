package io.stowage.adapter.memory;

/** Whether an adapter is still open; shared by all its ports. Safe for use by many threads. */
final class Lifetime {

  private volatile boolean ended;

  boolean hasEnded() {
    return ended;
  }

  void requireOpen() {
    if (ended) {
      throw new IllegalStateException("adapter 'memory' is closed; connect again");
    }
  }

  void end() {
    ended = true;
  }
}
