package io.stowage.embedded.redis;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out in milliseconds, and without a word in any log, whether Docker can be used. Only a
 * daemon behind a local socket counts: one elsewhere cannot see the data directory.
 */
final class DockerDaemon {

  private static final String TESTCONTAINERS = "org.testcontainers.DockerClientFactory";
  private static final String UNIX = "unix://";

  private final Map<String, String> environment;

  DockerDaemon(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Why Docker cannot be used; null if it can. */
  @Nullable String obstacle() {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    if (!host.isEmpty() && !host.startsWith(UNIX)) {
      return "DOCKER_HOST=" + host + " is no local socket";
    }
    List<Path> sockets = sockets(host);
    if (sockets.stream().noneMatch(DockerDaemon::answers)) {
      return "no daemon answers on " + sockets;
    }
    return isTestcontainersPresent() ? null : "Testcontainers is not on the class path";
  }

  private List<Path> sockets(String host) {
    if (!host.isEmpty()) {
      return List.of(Path.of(host.substring(UNIX.length())));
    }
    List<Path> sockets = new ArrayList<>(List.of(Path.of("/var/run/docker.sock")));
    sockets.add(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    if (!runtime.isEmpty()) {
      sockets.add(Path.of(runtime, "docker.sock"));
    }
    return sockets;
  }

  private static boolean answers(Path socket) {
    if (!Files.exists(socket)) {
      return false;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      return false; // a stale or forbidden socket: the answer is no
    }
  }

  private static boolean isTestcontainersPresent() {
    try {
      Class.forName(TESTCONTAINERS, false, DockerDaemon.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false; // optional, so its absence is an answer
    }
  }
}
