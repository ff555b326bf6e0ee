package io.stowage.embedded.redis;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the project's script {@code .ci/fetch-servers} puts servers, one directory for each. */
final class FetchedServers {

  static final String PROPERTY = "stowage.servers";
  static final String VARIABLE = "STOWAGE_SERVERS";

  private static final Pattern NAME = Pattern.compile("[a-z]+-[0-9]+");

  private final Path directory;

  /**
   * @param property the value of the system property; null if it is not set
   */
  FetchedServers(@Nullable String property, Map<String, String> environment) {
    String variable = environment.getOrDefault(VARIABLE, "");
    if (property != null && !property.isEmpty()) {
      this.directory = Path.of(property).toAbsolutePath();
    } else if (!variable.isEmpty()) {
      this.directory = Path.of(variable).toAbsolutePath();
    } else {
      this.directory = UserCache.directory(environment).resolve("servers");
    }
  }

  /** Where the executable of that name is, if it was fetched. */
  Path executable(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a server; it is one such as valkey-8");
    }
    return directory.resolve(name).resolve("redis-server");
  }
}
