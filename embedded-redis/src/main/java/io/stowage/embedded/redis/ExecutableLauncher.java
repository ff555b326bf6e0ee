package io.stowage.embedded.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Runs an executable of this machine. */
final class ExecutableLauncher implements ServerLauncher {

  private static final int VERSION_SECONDS = 20;
  private static final Map<Path, ServerVersion> VERSIONS = new ConcurrentHashMap<>();

  private final Path executable;

  ExecutableLauncher(Path executable) {
    this.executable = executable;
  }

  Path executable() {
    return executable;
  }

  @Override
  public ServerProcess launch(ServerConfiguration configuration, int port) {
    Path file =
        configuration.write(Loopback.HOST, "yes", port, configuration.data().path().toString());
    List<String> command = new ArrayList<>(List.of(executable.toString(), file.toString()));
    if (configuration.role().kind() == ServerRole.Kind.SENTINEL) {
      command.add("--sentinel");
    }
    return WatchedProcess.start(configuration.data(), command);
  }

  @Override
  public ServerVersion version() {
    ServerVersion known = VERSIONS.get(executable);
    if (known != null) {
      return known;
    }
    ServerVersion found = ask(executable);
    VERSIONS.put(executable, found);
    return found;
  }

  private static ServerVersion ask(Path executable) {
    String output;
    try {
      Process process =
          new ProcessBuilder(executable.toString(), "--version").redirectErrorStream(true).start();
      try {
        process.getOutputStream().close();
        if (!process.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
          throw new EmbeddedRedisException(
              executable + " --version did not end within " + VERSION_SECONDS + " s");
        }
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new EmbeddedRedisException(executable + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedRedisException("Interrupted in " + executable + " --version", e);
    }
    return parse(executable, output);
  }

  static ServerVersion parse(Path executable, String output) {
    return ServerVersion.parse(output)
        .orElseThrow(
            () ->
                new EmbeddedRedisException(
                    executable
                        + " is no Redis server: --version printed '"
                        + output.strip()
                        + "'"));
  }

  @Override
  public String toString() {
    return executable.toString();
  }
}
