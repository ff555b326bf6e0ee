package io.stowage.embedded.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether a process has taken notice of SIGSTOP, where the system shows it (Linux). A signal that
 * is sent has not arrived yet: until it has, the process may answer one more request.
 */
final class ProcessState {

  private static final long POLL_NANOS = Duration.ofMillis(1).toNanos();

  private ProcessState() {}

  /** Waits until the process is stopped; false if it is not within {@code limit}. */
  static boolean awaitStopped(long pid, Duration limit) {
    Path file = Path.of("/proc", Long.toString(pid), "stat");
    if (!Files.exists(file)) {
      return true; // another system; there is nothing to look at
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isStopped(file)) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  /** The state is the letter after the command, which stands in brackets and may hold any text. */
  private static boolean isStopped(Path file) {
    try {
      String line = Files.readString(file);
      return line.startsWith("T", line.lastIndexOf(')') + 2);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("Redis is not running: its process has ended", e);
    } catch (IOException e) {
      throw new EmbeddedRedisException("Cannot read " + file, e);
    }
  }
}
