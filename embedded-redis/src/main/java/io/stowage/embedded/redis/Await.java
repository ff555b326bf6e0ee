package io.stowage.embedded.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waiting with a deadline for what servers do on their own. */
final class Await {

  private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /** Says what is in the way; null if nothing is. */
  @FunctionalInterface
  interface Obstacle {
    @Nullable String find() throws IOException;
  }

  /**
   * Asks again and again until nothing is in the way. An {@link IOException} is an obstacle.
   *
   * @throws EmbeddedRedisException if something still is at the end of {@code limit}
   */
  static void until(Duration limit, String goal, Obstacle obstacle) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      IOException problem = null;
      String found;
      try {
        found = obstacle.find();
      } catch (IOException e) {
        problem = e;
        found = e.toString();
      }
      if (found == null) {
        return;
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new EmbeddedRedisException(
            "%s: not within %d ms: %s".formatted(goal, limit.toMillis(), found), problem);
      }
      LockSupport.parkNanos(POLL_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new EmbeddedRedisException("Interrupted: " + goal, problem);
      }
    }
  }
}
