package io.stowage.embedded.redis;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Brings a server from nothing to serving, or to an error that says what it logged. */
final class ServerStarter {

  private static final int MAX_PORTS = 20;
  private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

  /**
   * Short at first, because a stranger on the port may accept and say nothing while the server has
   * died long since; longer then, for a machine under load.
   */
  private static final Duration FIRST_PATIENCE = Duration.ofMillis(20);

  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  private final ServerLauncher launcher;
  private final ServerConfiguration configuration;
  private final Duration timeout;

  ServerStarter(ServerLauncher launcher, ServerConfiguration configuration, Duration timeout) {
    this.launcher = launcher;
    this.configuration = configuration;
    this.timeout = timeout;
  }

  /** A serving server and its port. */
  record Started(ServerProcess process, int port) {}

  /** Starts on the first of the proposed ports that turns out to be free. */
  Started startOnFreePort(IntSupplier ports) {
    long deadline = deadline();
    PortInUseException last = null;
    for (int i = 0; i < MAX_PORTS; i++) {
      int port = ports.getAsInt();
      try {
        return new Started(start(port, deadline), port);
      } catch (PortInUseException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
      }
    }
    throw new EmbeddedRedisException(
        "Found " + MAX_PORTS + " ports in use one after another", last);
  }

  /** Starts on this port or fails at once if it is taken. */
  ServerProcess startOnPort(int port) {
    return start(port, deadline());
  }

  /** Starts on the port that an earlier server had, which may be about to be free. */
  ServerProcess startAgainOnPort(int port) {
    long deadline = deadline();
    while (true) {
      try {
        return start(port, deadline);
      } catch (PortInUseException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
      }
    }
  }

  private long deadline() {
    return System.nanoTime() + timeout.toNanos();
  }

  private ServerProcess start(int port, long deadline) {
    ServerLog log = ServerLog.from(configuration.data().path());
    ServerProcess process = launcher.launch(configuration, port);
    boolean ready = false;
    try {
      awaitReady(process, port, log, deadline);
      ready = true;
      return process;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedRedisException("Interrupted while Redis was starting", e);
    } finally {
      if (!ready) {
        process.kill();
      }
    }
  }

  private void awaitReady(ServerProcess process, int port, ServerLog log, long deadline)
      throws InterruptedException {
    ReadinessProbe probe = new ReadinessProbe(configuration.endpoint(port));
    Duration patience = FIRST_PATIENCE;
    while (true) {
      @Nullable String obstacle = probe.obstacle(process.reportedPid(), patience);
      if (obstacle == null) {
        return;
      }
      if (process.awaitExit(POLL_INTERVAL)) {
        throw death(port, log);
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new EmbeddedRedisException(
            "%s did not serve on port %d within %d ms: %s. %s"
                .formatted(launcher, port, timeout.toMillis(), obstacle, log.tail()));
      }
      Duration longer = patience.multipliedBy(2);
      patience = longer.compareTo(LAST_PATIENCE) < 0 ? longer : LAST_PATIENCE;
    }
  }

  private EmbeddedRedisException death(int port, ServerLog log) {
    if (log.saysAddressInUse()) {
      return new PortInUseException(
          "Port %d on %s is in use. %s".formatted(port, Loopback.HOST, log.tail()), null);
    }
    return new EmbeddedRedisException(
        "%s ended before it served on port %d. %s".formatted(launcher, port, log.tail()));
  }
}
