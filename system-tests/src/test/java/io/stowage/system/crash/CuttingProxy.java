package io.stowage.system.crash;

import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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

  private static final int NOT_ARMED = -1;

  private final Map<Integer, ServerSocket> listeners = new TreeMap<>();
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();
  private final Set<Socket> servers = ConcurrentHashMap.newKeySet();
  private final AtomicInteger draining = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private int left = NOT_ARMED;
  private boolean cutsAtLast;
  private volatile boolean isCut;

  private CuttingProxy() {}

  /** Starts before these servers. */
  static CuttingProxy before(List<Integer> ports) throws IOException {
    CuttingProxy proxy = new CuttingProxy();
    for (int port : ports) {
      proxy.listeners.put(port, listenerLike(port));
    }
    proxy.listeners.forEach((port, listener) -> daemon(() -> proxy.accept(port, listener)));
    return proxy;
  }

  /** A port with as many digits, so that replies keep their lengths. */
  private static ServerSocket listenerLike(int port) throws IOException {
    List<ServerSocket> tried = new ArrayList<>();
    try {
      while (true) {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        if (digits(listener.getLocalPort()) == digits(port)) {
          return listener;
        }
        tried.add(listener);
      }
    } finally {
      for (ServerSocket listener : tried) {
        listener.close();
      }
    }
  }

  private static int digits(int port) {
    return Integer.toString(port).length();
  }

  /** The addresses of the proxy that stand for the servers. */
  String addresses() {
    return listeners.values().stream()
        .map(listener -> "127.0.0.1:" + listener.getLocalPort())
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
        .until(() -> draining.get() == 0);
  }

  private void accept(int port, ServerSocket listener) throws IOException {
    while (true) {
      Socket client = listener.accept();
      lock.lock();
      try {
        if (isCut) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        clients.add(client);
        servers.add(server);
        draining.incrementAndGet();
        daemon(() -> requests(client, server));
        daemon(() -> replies(client, server));
      } finally {
        lock.unlock();
      }
    }
  }

  private void requests(Socket client, Socket server) throws IOException {
    InputStream in = new BufferedInputStream(client.getInputStream());
    OutputStream out = server.getOutputStream();
    try {
      while (pass(Frame.read(in), out)) {
        // The next one.
      }
    } finally {
      shutdown(server);
    }
  }

  /** Sends a command on, unless it comes too late; answers whether another may follow. */
  private boolean pass(Frame command, OutputStream out) throws IOException {
    lock.lock();
    try {
      boolean isCounted = left != NOT_ARMED && !UPKEEP.contains(command.name());
      if (isCounted && left == 0) {
        cut();
      }
      if (isCut) {
        return false;
      }
      command.writeTo(out);
      if (isCounted) {
        left--;
        if (left == 0 && cutsAtLast) {
          cut();
        }
      }
      return !isCut;
    } finally {
      lock.unlock();
    }
  }

  /** The servers read what was sent and then an end; the client hears nothing any more. */
  private void cut() {
    if (isCut) {
      return;
    }
    isCut = true;
    servers.forEach(CuttingProxy::shutdown);
    clients.forEach(CuttingProxy::close);
  }

  private void replies(Socket client, Socket server) throws IOException {
    try (server) {
      InputStream in = new BufferedInputStream(server.getInputStream());
      while (true) {
        answer(client, renumbered(Frame.read(in)));
      }
    } finally {
      close(client);
      draining.decrementAndGet();
    }
  }

  /** A client that is gone must not keep the server from being read to its end. */
  private void answer(Socket client, Frame reply) {
    if (isCut) {
      return;
    }
    try {
      reply.writeTo(client.getOutputStream());
    } catch (IOException gone) {
      close(client);
    }
  }

  private Frame renumbered(Frame reply) {
    String text = reply.text();
    for (Map.Entry<Integer, ServerSocket> entry : listeners.entrySet()) {
      String own = Integer.toString(entry.getValue().getLocalPort());
      text = text.replace("127.0.0.1:" + entry.getKey(), "127.0.0.1:" + own);
      text = text.replace(":" + entry.getKey() + "\r\n", ":" + own + "\r\n");
    }
    return Frame.ofText(text);
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket listener : listeners.values()) {
      listener.close();
    }
    clients.forEach(CuttingProxy::close);
    servers.forEach(CuttingProxy::close);
  }

  private static void shutdown(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException alreadyClosed) {
      // Then it needs no end any more.
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // Then it is as good as closed.
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException ended) {
                // One side is gone; the other notices by its own read.
              }
            },
            "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
