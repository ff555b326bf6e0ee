package io.stowage.system.crash;

import static org.awaitility.Awaitility.await;

import io.stowage.testkit.fault.FaultProxy;
import io.stowage.testkit.fault.Link;
import io.stowage.testkit.fault.LinkHooks;
import io.stowage.testkit.redis.RespFrames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Stands between a client and all servers of a deployment, and lets the client die: after a number
 * of commands, over all connections, none gets through any more. Those before it reach their
 * servers and are carried out, but nobody hears their replies.
 *
 * <p>Where a server's reply names the port of another one, it is changed to the proxy's, so that a
 * client of a Cluster stays behind it.
 */
final class CuttingProxy implements AutoCloseable {

  /** Commands that change no data and that a client may send at any time by itself. */
  private static final Set<String> UPKEEP =
      Set.of(
          "PING",
          "CLUSTER",
          "HELLO",
          "CLIENT",
          "AUTH",
          "INFO",
          "SELECT",
          "READONLY",
          "COMMAND",
          "ASKING",
          "ROLE",
          "SENTINEL");

  private static final String HOST = "127.0.0.1";
  private static final int NOT_ARMED = -1;

  private final List<InetSocketAddress> servers;
  private final ReentrantLock lock = new ReentrantLock();
  private final FaultProxy proxy;
  private int left = NOT_ARMED;
  private boolean cutsAtLast;
  private volatile boolean isCut;

  private CuttingProxy(List<Integer> ports) throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    servers = ports.stream().map(port -> new InetSocketAddress(host, port)).toList();
    lock.lock(); // the first hook of a link takes it too, so that all of them see the proxy
    try {
      proxy = FaultProxy.start(servers, new RespFrames(), new Hooks());
    } finally {
      lock.unlock();
    }
  }

  /** Starts before these servers. */
  static CuttingProxy before(List<Integer> ports) throws IOException {
    return new CuttingProxy(ports);
  }

  /** The addresses of the proxy that stand for the servers. */
  String addresses() {
    return proxy.addresses().stream()
        .map(address -> HOST + ":" + address.getPort())
        .collect(Collectors.joining(","));
  }

  /**
   * Lets so many commands through from now on.
   *
   * @param atLast whether to cut with the last of them, before its reply; otherwise when one more
   *     comes
   */
  void cutAfter(int commands, boolean atLast) {
    lock.lock();
    try {
      left = commands;
      cutsAtLast = atLast;
      if (commands == 0 && atLast) {
        cut();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isCut() {
    return isCut;
  }

  /** Waits until the servers have carried out all that got through. */
  void awaitDrained() {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> proxy.links().isEmpty());
  }

  @Override
  public void close() {
    proxy.close();
  }

  /** The servers read what was sent and then an end; the client hears nothing any more. */
  private void cut() {
    isCut = true;
    proxy.links().forEach(Link::cut);
  }

  private final class Hooks implements LinkHooks {

    @Override
    public void onOpen(Link link) {
      lock.lock();
      try {
        if (isCut) {
          link.cut();
        }
      } finally {
        lock.unlock();
      }
    }

    /** Sends a command on, unless it comes too late. */
    @Override
    public void onRequest(Link link, byte[] command) throws IOException {
      lock.lock();
      try {
        boolean isCounted = left != NOT_ARMED && !UPKEEP.contains(RespFrames.name(command));
        if (isCounted && left == 0) {
          cut();
        }
        if (isCut) {
          return;
        }
        left -= isCounted ? 1 : 0;
        if (isCounted && left == 0 && cutsAtLast) {
          link.cutAfter(command);
          cut();
        } else {
          link.toServer(command);
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void onReply(Link link, byte[] reply) throws IOException {
      link.toClient(renumbered(reply));
    }
  }

  private byte[] renumbered(byte[] reply) {
    String text = new String(reply, StandardCharsets.ISO_8859_1);
    for (InetSocketAddress server : servers) {
      int own = proxy.addressFor(server).getPort();
      text = text.replace(HOST + ":" + server.getPort(), HOST + ":" + own);
      text = text.replace(":" + server.getPort() + "\r\n", ":" + own + "\r\n");
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
