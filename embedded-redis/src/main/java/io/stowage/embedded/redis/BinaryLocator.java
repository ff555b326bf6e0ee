package io.stowage.embedded.redis;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks for a server in the places that an environment names. */
final class BinaryLocator {

  static final String VARIABLE = "STOWAGE_REDIS_SERVER";

  private static final String NAME = "redis-server";

  private final Map<String, String> environment;
  private final Supplier<Path> bundled;

  BinaryLocator(Map<String, String> environment, Supplier<Path> bundled) {
    this.environment = environment;
    this.bundled = bundled;
  }

  /** The first that there is: named by the variable, on the PATH, in Docker, bundled. */
  RedisBinary detect() {
    Optional<RedisBinary> named = named();
    if (named.isPresent()) {
      return named.get();
    }
    List<String> tried = new ArrayList<>();
    tried.add(VARIABLE + " is not set");
    Optional<RedisBinary> onPath = onPath();
    if (onPath.isPresent()) {
      return onPath.get();
    }
    tried.add(notOnPath());
    String dockerObstacle = new DockerDaemon(environment).obstacle();
    if (dockerObstacle == null) {
      return RedisBinary.inDocker();
    }
    tried.add("Docker: " + dockerObstacle);
    try {
      return RedisBinary.executable(bundled.get());
    } catch (EmbeddedRedisException e) {
      tried.add("bundled: " + e.getMessage());
      throw new EmbeddedRedisException(
          "No redis-server found for "
              + BundledExecutable.platform()
              + ". Tried:\n  "
              + String.join("\n  ", tried)
              + "\nInstall Redis 6.2 or later, or set the environment variable "
              + VARIABLE
              + " to the path of a redis-server executable.",
          e);
    }
  }

  /** The same without Docker. */
  RedisBinary detectExecutable() {
    return named().or(this::onPath).orElseGet(() -> RedisBinary.executable(bundled.get()));
  }

  /** What the variable names. It was set on purpose, so nothing else will do. */
  private Optional<RedisBinary> named() {
    String value = environment.getOrDefault(VARIABLE, "");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Path file = Path.of(value).toAbsolutePath();
    if (!isExecutable(file)) {
      throw new EmbeddedRedisException(
          "The environment variable "
              + VARIABLE
              + " names "
              + value
              + ", which "
              + (Files.exists(file) ? "is not an executable file" : "does not exist")
              + ". Set it to the path of a redis-server executable, or unset it.");
    }
    return Optional.of(RedisBinary.executable(file));
  }

  Optional<RedisBinary> onPath() {
    for (String directory : searchPath().split(File.pathSeparator, -1)) {
      if (directory.isEmpty()) {
        continue; // would mean the current directory
      }
      Path file = Path.of(directory, NAME).toAbsolutePath().normalize();
      if (isExecutable(file)) {
        return Optional.of(RedisBinary.executable(file));
      }
    }
    return Optional.empty();
  }

  String notOnPath() {
    return "no executable " + NAME + " on the PATH " + searchPath();
  }

  private String searchPath() {
    return environment.getOrDefault("PATH", "");
  }

  static boolean isExecutable(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
