package io.stowage.embedded.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Proposes a port that is free on 127.0.0.1 now; whoever binds it must expect to come too late.
 *
 * <p>Ports come from below the ranges that Linux and macOS take for outgoing connections. Otherwise
 * a client that keeps on connecting to a killed server's port ends up connected to itself, and the
 * server can never come back on it.
 */
final class PortChooser {

  private static final int FIRST = 10_240;

  /** Its Cluster bus, 10,000 above, is below the outgoing range too. */
  private static final int LAST = 22_767;

  private static final int MAX_TRIES = 1_000;

  private PortChooser() {}

  static int choose() {
    for (int i = 0; i < MAX_TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedRedisException(
        "No free port found on 127.0.0.1 between " + FIRST + " and " + LAST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(Loopback.at(port), 1);
      return true;
    } catch (IOException e) {
      return false; // taken, which is an answer here and no failure
    }
  }
}
