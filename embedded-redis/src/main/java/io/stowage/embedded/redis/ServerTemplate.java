package io.stowage.embedded.redis;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the servers that one builder starts have in common. */
record ServerTemplate(
    RedisBinary binary,
    boolean appendOnly,
    Access access,
    @Nullable Tls tls,
    List<String> settings,
    Duration startupTimeout) {

  ServerTemplate {
    settings = List.copyOf(settings);
  }

  /** The same with others who may log in. */
  ServerTemplate withAccess(Access others) {
    return new ServerTemplate(binary, appendOnly, others, tls, settings, startupTimeout);
  }

  /** The same for servers that hold no data and share no settings with those that do. */
  ServerTemplate withoutSettings() {
    return new ServerTemplate(binary, false, access, tls, List.of(), startupTimeout);
  }

  /**
   * Starts a server and returns when it serves.
   *
   * @param fixedPort null for the first of {@code ports} that is free
   */
  EmbeddedRedis start(
      ServerRole role, DataDirectory data, @Nullable Integer fixedPort, IntSupplier ports) {
    boolean started = false;
    try {
      ServerConfiguration configuration =
          new ServerConfiguration(data, role, appendOnly, access, tls, settings);
      ServerStarter starter = new ServerStarter(binary.launcher(), configuration, startupTimeout);
      ServerStarter.Started server =
          fixedPort == null
              ? starter.startOnFreePort(ports)
              : new ServerStarter.Started(starter.startOnPort(fixedPort), fixedPort);
      EmbeddedRedis redis = new EmbeddedRedis(binary, configuration, starter, server);
      started = true;
      return redis;
    } finally {
      if (!started) {
        data.close();
      }
    }
  }

  /** Starts a member of a group on a free port, with a temporary data directory. */
  EmbeddedRedis startMember(ServerRole role, IntSupplier ports) {
    return start(role, DataDirectory.scratch(), null, ports);
  }

  /** The scheme of a URI of these servers. */
  String scheme(String topology) {
    return (tls == null ? "redis" : "rediss") + topology + "://";
  }
}
