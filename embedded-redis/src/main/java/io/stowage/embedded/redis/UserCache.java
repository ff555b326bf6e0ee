package io.stowage.embedded.redis;

import java.nio.file.Path;
import java.util.Map;

/** Where files are kept that can be made again. */
final class UserCache {

  private UserCache() {}

  /** This project's part of the user's cache, by the XDG rules. */
  static Path directory(Map<String, String> environment) {
    String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base =
        configured.startsWith("/")
            ? Path.of(configured)
            : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("stowage");
  }
}
