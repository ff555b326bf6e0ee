package io.stowage.embedded.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server is told at its start. It is handed over in a file that only its owner can read,
 * because a command line shows its password to everyone on the machine.
 */
record ServerConfiguration(
    DataDirectory data, boolean appendOnly, @Nullable String password, List<String> settings) {

  static final String FILE_NAME = "redis.conf";

  private static final Set<String> RESERVED =
      Set.of(
          "appendonly",
          "bind",
          "daemonize",
          "dir",
          "include",
          "logfile",
          "pidfile",
          "port",
          "protected-mode",
          "requirepass",
          "supervised",
          "tls-port");

  ServerConfiguration {
    settings = List.copyOf(settings);
  }

  /** Whether the builder decides on this setting itself. */
  static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  /**
   * Writes the file for one start.
   *
   * @param bind the address as the server sees it
   * @param protectedMode "yes" or "no"
   * @param directory the data directory as the server sees it
   */
  Path write(String bind, String protectedMode, int port, String directory) {
    List<String> lines = new ArrayList<>();
    lines.add("bind " + bind);
    lines.add("protected-mode " + protectedMode);
    lines.add("port " + port);
    lines.add("daemonize no");
    lines.add("dir " + quote(directory));
    lines.add("logfile " + quote(directory + "/" + ServerLog.FILE_NAME));
    lines.add("save \"\"");
    lines.add("appendonly " + (appendOnly ? "yes" : "no"));
    if (password != null) {
      lines.add("requirepass " + quote(password));
    }
    lines.addAll(settings);
    Path file = data.path().resolve(FILE_NAME);
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.write(file, lines, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** One argument in the syntax of redis.conf. */
  private static String quote(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      if (octet == '"' || octet == '\\') {
        quoted.append('\\').append((char) octet);
      } else if (octet >= ' ' && octet < 0x7f) {
        quoted.append((char) octet);
      } else {
        quoted.append(String.format("\\x%02x", octet));
      }
    }
    return quoted.append('"').toString();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "ServerConfiguration[" + data.path() + "]";
  }
}
