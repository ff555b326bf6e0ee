package io.stowage.embedded.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The part of a server's log file that one start has written. */
final class ServerLog {

  static final String FILE_NAME = "redis.log";

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_LINES = 20;

  private final Path file;
  private final long start;

  private ServerLog(Path file, long start) {
    this.file = file;
    this.start = start;
  }

  /** The log from now on. */
  static ServerLog from(Path directory) {
    Path file = directory.resolve(FILE_NAME);
    try {
      return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  /** Whether the server found its port taken. */
  boolean saysAddressInUse() {
    return read().contains("Address already in use");
  }

  /** The last lines, for an error message. */
  String tail() {
    List<String> lines = read().lines().toList();
    if (lines.isEmpty()) {
      return "Its log " + file + " is empty.";
    }
    List<String> last = lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size());
    return "The end of its log " + file + ":\n  " + String.join("\n  ", last);
  }

  private String read() {
    if (!Files.exists(file)) {
      return "";
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(start, channel.size() - MAX_BYTES));
      byte[] bytes = Channels.newInputStream(channel).readNBytes(MAX_BYTES);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
