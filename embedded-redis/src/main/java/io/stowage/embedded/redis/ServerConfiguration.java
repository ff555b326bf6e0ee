package io.stowage.embedded.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
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
 * because a command line shows its passwords to everyone on the machine.
 */
record ServerConfiguration(
    DataDirectory data,
    ServerRole role,
    boolean appendOnly,
    Access access,
    @Nullable Tls tls,
    List<String> settings) {

  static final String FILE_NAME = "redis.conf";

  private static final Set<String> RESERVED =
      Set.of(
          "appendonly",
          "bind",
          "daemonize",
          "dir",
          "include",
          "logfile",
          "masterauth",
          "masteruser",
          "pidfile",
          "port",
          "protected-mode",
          "requirepass",
          "supervised",
          "tls-auth-clients",
          "tls-ca-cert-file",
          "tls-cert-file",
          "tls-cluster",
          "tls-key-file",
          "tls-port",
          "tls-replication");

  ServerConfiguration {
    settings = List.copyOf(settings);
  }

  /** Whether the builder decides on this setting itself. */
  static boolean isReserved(String name) {
    return RESERVED.contains(name);
  }

  /** How this module reaches the server. */
  Endpoint endpoint(int port) {
    return new Endpoint(
        Loopback.at(port), tls == null ? null : tls.material().sslContext(), access.internal());
  }

  /**
   * Writes the file for one start, unless the server has written what it must go on with.
   *
   * @param bind the address as the server sees it
   * @param protectedMode "yes" or "no"
   * @param directory the data directory as the server sees it
   */
  Path write(String bind, String protectedMode, int port, String directory) {
    Path file = data.path().resolve(FILE_NAME);
    String portLine = (tls == null ? "port " : "tls-port ") + port;
    try {
      if (role.kind() != ServerRole.Kind.STANDALONE
          && Files.exists(file)
          && Files.readAllLines(file).contains(portLine)) {
        return file;
      }
      List<String> lines = new ArrayList<>();
      lines.add("bind " + bind);
      lines.add("protected-mode " + protectedMode);
      lines.add(portLine);
      if (tls != null) {
        lines.add("port 0");
        lines.addAll(tls.lines());
      }
      lines.add("daemonize no");
      lines.add("dir " + ConfigText.quote(directory));
      lines.add("logfile " + ConfigText.quote(directory + "/" + ServerLog.FILE_NAME));
      lines.addAll(access.lines());
      if (role.kind() != ServerRole.Kind.SENTINEL) {
        lines.add("save \"\"");
        lines.add("appendonly " + (appendOnly ? "yes" : "no"));
        lines.addAll(access.replicationLines());
      }
      lines.addAll(role.lines());
      lines.addAll(settings);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.write(file, lines, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Has a server that is not running follow another master at its next start. */
  void follow(int masterPort) {
    Path file = data.path().resolve(FILE_NAME);
    try {
      Files.writeString(
          file,
          "\nreplicaof " + Loopback.HOST + " " + masterPort + "\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  /** Without the passwords. */
  @Override
  public String toString() {
    return "ServerConfiguration[" + data.path() + "]";
  }
}
