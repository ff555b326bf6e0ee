package io.stowage.embedded.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs an executable of this machine. */
final class ExecutableLauncher implements ServerLauncher {

  private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+\\.\\d+\\.\\d+)");
  private static final int VERSION_SECONDS = 20;
  private static final Map<Path, String> VERSIONS = new ConcurrentHashMap<>();

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
    return WatchedProcess.start(
        configuration.data(), List.of(executable.toString(), file.toString()));
  }

  @Override
  public String version() {
    String known = VERSIONS.get(executable);
    if (known != null) {
      return known;
    }
    String found = ask(executable);
    VERSIONS.put(executable, found);
    return found;
  }

  private static String ask(Path executable) {
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

  static String parse(Path executable, String output) {
    Matcher matcher = VERSION.matcher(output);
    if (!matcher.find()) {
      throw new EmbeddedRedisException(
          executable + " is no Redis server: --version printed '" + output.strip() + "'");
    }
    return matcher.group(1);
  }

  @Override
  public String toString() {
    return executable.toString();
  }
}
