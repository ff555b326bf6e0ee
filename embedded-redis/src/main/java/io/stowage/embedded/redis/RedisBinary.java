package io.stowage.embedded.redis;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server that an {@link EmbeddedRedis} runs: an executable, or a Docker image. Immutable and
 * safe for use by many threads.
 */
public final class RedisBinary {

  private final ServerLauncher launcher;
  private final @Nullable Path path;

  private RedisBinary(ServerLauncher launcher, @Nullable Path path) {
    this.launcher = launcher;
    this.path = path;
  }

  /**
   * The first of: the executable named by the environment variable {@code STOWAGE_REDIS_SERVER};
   * {@code redis-server} on the PATH; Docker, if Testcontainers is on the class path and a local
   * daemon answers; the bundled one.
   *
   * @throws EmbeddedRedisException if the variable is set and names no executable, or if there is
   *     none at all; the message lists what was tried
   */
  public static RedisBinary detect() {
    return system().detect();
  }

  /**
   * As {@link #detect}, but never Docker, whose servers cannot reach each other.
   *
   * @throws EmbeddedRedisException as {@link #detect}
   */
  public static RedisBinary detectExecutable() {
    return system().detectExecutable();
  }

  /**
   * Redis 6.2 from the embedded-redis artifact, unpacked on first use below {@code
   * $XDG_CACHE_HOME/stowage} or {@code ~/.cache/stowage}. Linux and macOS on Intel and ARM.
   *
   * @throws EmbeddedRedisException on another platform, or if the cache cannot be written
   */
  public static RedisBinary bundled() {
    return executable(unpackBundled());
  }

  /**
   * The {@code redis-server} on the PATH.
   *
   * @throws EmbeddedRedisException if there is none
   */
  public static RedisBinary onPath() {
    return findOnPath().orElseThrow(() -> new EmbeddedRedisException(system().notOnPath()));
  }

  /** The {@code redis-server} on the PATH, if there is one. */
  public static Optional<RedisBinary> findOnPath() {
    return system().onPath();
  }

  /**
   * The given executable.
   *
   * @throws EmbeddedRedisException if it is not an executable file
   */
  public static RedisBinary at(Path executable) {
    Path file = executable.toAbsolutePath();
    if (!BinaryLocator.isExecutable(file)) {
      throw new EmbeddedRedisException(file + " is not an executable file");
    }
    return executable(file);
  }

  /**
   * A server that the project's script {@code .ci/fetch-servers} has fetched: {@code valkey-8} or
   * {@code redis-8}. It is looked for below the directory that the system property {@code
   * stowage.servers} names, else the environment variable {@code STOWAGE_SERVERS}, else {@code
   * $XDG_CACHE_HOME/stowage/servers} or {@code ~/.cache/stowage/servers}.
   *
   * @throws EmbeddedRedisException if it is not there
   */
  public static RedisBinary fetched(String name) {
    return findFetched(name)
        .orElseThrow(
            () ->
                new EmbeddedRedisException(
                    fetchedServers().executable(name)
                        + " is missing; the script .ci/fetch-servers fetches it"));
  }

  /** The same, if it is there. */
  public static Optional<RedisBinary> findFetched(String name) {
    Path file = fetchedServers().executable(name);
    return BinaryLocator.isExecutable(file) ? Optional.of(executable(file)) : Optional.empty();
  }

  private static FetchedServers fetchedServers() {
    return new FetchedServers(System.getProperty(FetchedServers.PROPERTY), System.getenv());
  }

  /**
   * Redis 7.2 in Docker, through Testcontainers.
   *
   * @throws EmbeddedRedisException if Testcontainers is not on the class path or no local daemon
   *     answers
   */
  public static RedisBinary docker() {
    String obstacle = new DockerDaemon(System.getenv()).obstacle();
    if (obstacle != null) {
      throw new EmbeddedRedisException("Docker cannot be used: " + obstacle);
    }
    return inDocker();
  }

  static RedisBinary inDocker() {
    return new RedisBinary(new DockerLauncher(), null);
  }

  static RedisBinary executable(Path file) {
    return new RedisBinary(new ExecutableLauncher(file), file);
  }

  private static BinaryLocator system() {
    return new BinaryLocator(System.getenv(), RedisBinary::unpackBundled);
  }

  private static Path unpackBundled() {
    return new BundledExecutable(BundledExecutable.defaultCache(System.getenv())).unpack();
  }

  /**
   * The version that the server itself names, such as {@code 7.0.15}. Runs it once and remembers
   * the answer.
   *
   * @throws EmbeddedRedisException if it cannot be run or is no Redis server
   */
  public String version() {
    return launcher.version().number();
  }

  /**
   * Whose server it is, by its own account: {@code Redis} or {@code Valkey}.
   *
   * @throws EmbeddedRedisException if it cannot be run or is no Redis server
   */
  public String product() {
    return launcher.version().product();
  }

  /** Where the executable is; empty for Docker. */
  public Optional<Path> path() {
    return Optional.ofNullable(path);
  }

  ServerLauncher launcher() {
    return launcher;
  }

  /** The path of the executable, or the name of the image. */
  @Override
  public String toString() {
    return launcher.toString();
  }
}
