package io.stowage.embedded.redis;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

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

  private static final int BUS_OFFSET = 10_000;
  private static final int MAX_TRIES = 1_000;
  private static final int PORTS = LAST - FIRST + 1;

  /**
   * Where to look next: from somewhere on one after the other. So the port of a server that died a
   * moment ago and is to be restarted, or that a test expects nobody at, is proposed after all
   * others, and hardly ever by another process, which does not know what is held here.
   */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(PORTS));

  private static final Set<Integer> HELD = ConcurrentHashMap.newKeySet();

  private PortChooser() {}

  static int choose() {
    return choose(PortChooser::isFree);
  }

  /** A port whose Cluster bus is free too. */
  static int chooseForCluster() {
    return choose(port -> isFree(port) && isFree(port + BUS_OFFSET));
  }

  private static int choose(IntPredicate free) {
    for (int i = 0; i < MAX_TRIES; i++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), PORTS);
      if (free.test(port)) {
        return port;
      }
    }
    throw new EmbeddedRedisException(
        "No free port found on 127.0.0.1 between " + FIRST + " and " + LAST);
  }

  /**
   * Keeps a port, and the one of its Cluster bus, from being proposed in this JVM: its server may
   * be dead for a while and want it back.
   */
  static void hold(int port) {
    HELD.add(port);
  }

  /** Ends {@link #hold}. */
  static void release(int port) {
    HELD.remove(port);
  }

  /** Whether nobody has the port now, nor holds it for later. */
  static boolean isFree(int port) {
    if (HELD.contains(port) || HELD.contains(port - BUS_OFFSET)) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(Loopback.at(port), 1);
      return true;
    } catch (IOException e) {
      return false; // taken, which is an answer here and no failure
    }
  }
}
