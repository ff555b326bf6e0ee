package io.stowage.embedded.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Where a server keeps its data, log and configuration. A scratch directory is deleted with its
 * server; one that was given is kept, and locked, because two servers that append to one file
 * destroy it.
 */
final class DataDirectory implements AutoCloseable {

  private static final String LOCK_NAME = "redis.lock";

  private final Path path;
  private final @Nullable FileChannel lock;

  private DataDirectory(Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** A new directory below the system's one for temporary files. */
  static DataDirectory scratch() {
    try {
      return new DataDirectory(
          Files.createTempDirectory("stowage-redis-").toAbsolutePath().normalize(), null);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create a temporary data directory", e);
    }
  }

  /**
   * The given directory, created if it is absent.
   *
   * @throws EmbeddedRedisException if another server uses it
   */
  static DataDirectory given(Path directory) {
    Path path = directory.toAbsolutePath().normalize();
    FileChannel channel = null;
    try {
      Files.createDirectories(path);
      channel =
          FileChannel.open(
              path.resolve(LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!tryLock(channel)) {
        channel.close();
        throw new EmbeddedRedisException(
            "The data directory " + path + " is in use by another embedded Redis.");
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw new EmbeddedRedisException("The data directory " + path + " cannot be used: " + e, e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock acquired = channel.tryLock();
      return acquired != null;
    } catch (OverlappingFileLockException e) {
      return false; // held by this JVM
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel, IOException problem) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        problem.addSuppressed(e);
      }
    }
  }

  Path path() {
    return path;
  }

  boolean isScratch() {
    return lock == null;
  }

  /** Gives the directory up: deletes a scratch directory, unlocks a given one. */
  @Override
  public void close() {
    try {
      if (lock == null) {
        deleteTree();
      } else {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot give up the data directory " + path, e);
    }
  }

  private void deleteTree() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
              throws IOException {
            if (e != null) {
              throw e;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
