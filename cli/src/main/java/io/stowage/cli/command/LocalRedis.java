package io.stowage.cli.command;

import io.stowage.cli.terminal.CommandFailure;
import io.stowage.cli.terminal.Environment;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Redis that keeps its data in {@code .stowage/} of the current directory and runs as long as one
 * command does. Commands that use the same directory take turns.
 */
final class LocalRedis implements AutoCloseable {

  private static final String DIRECTORY = ".stowage";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DirectoryLock lock;
  private final EmbeddedRedis redis;

  private LocalRedis(DirectoryLock lock, EmbeddedRedis redis) {
    this.lock = lock;
    this.redis = redis;
  }

  static LocalRedis start(Environment environment) {
    Path directory = environment.directory().resolve(DIRECTORY);
    try {
      Path data = Files.createDirectories(directory.resolve("redis"));
      DirectoryLock lock = DirectoryLock.take(directory, PATIENCE);
      try {
        return new LocalRedis(
            lock, EmbeddedRedis.builder().dataDirectory(data).appendOnly().start());
      } catch (RuntimeException e) {
        lock.close();
        throw CommandFailure.failed(
            "no Redis could be started for the data in " + directory + ": " + e.getMessage(), e);
      }
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailure.failed(
          "the data directory " + directory + " cannot be used: " + e.getMessage(), e);
    }
  }

  String uri() {
    return redis.uri();
  }

  @Override
  public void close() {
    try {
      redis.close();
    } finally {
      lock.close();
    }
  }
}
