package io.stowage.cli.command;

import io.stowage.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The right of one process to use a directory; it ends with the process at the latest. */
final class DirectoryLock implements AutoCloseable {

  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until nobody else uses the directory.
   *
   * @throws CommandFailure if somebody still uses it after {@code patience}
   */
  static DirectoryLock take(Path directory, Duration patience) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      long begin = System.nanoTime();
      while (tryLock(channel) == null) {
        if (System.nanoTime() - begin > patience.toNanos()) {
          throw CommandFailure.failed(
              "another stowage command uses "
                  + directory
                  + " and did not finish within "
                  + patience.toSeconds()
                  + " s");
        }
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      }
      return new DirectoryLock(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another command in this same process, as in tests.
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
