package io.stowage.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Stands between clients and one or several servers: it listens on 127.0.0.1, on one port for each
 * server, connects every client that comes with the server of that port, and lets {@link LinkHooks}
 * decide about each frame of either direction.
 *
 * <p>No failure of the proxy is silent. If one of its threads meets what it does not expect (a
 * frame that the {@link Framing} refuses, an exception of a hook), the connection ends, and {@link
 * #close} throws. That a server cannot be reached, or that either side ends or breaks a connection,
 * is no failure: the other side then sees an end too.
 *
 * <p>Safe for use by many threads.
 */
public final class FaultProxy implements AutoCloseable {

  private static final int BACKLOG = 50;

  /** How long threads may take to end once nothing is left for them to do. */
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final Map<InetSocketAddress, ServerSocket> listeners = new LinkedHashMap<>();
  private final Framing framing;
  private final LinkHooks hooks;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean isClosed;

  private FaultProxy(Framing framing, LinkHooks hooks) {
    this.framing = framing;
    this.hooks = hooks;
  }

  /** What a thread of the proxy does. */
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  /** Starts before servers. Hooks may be called before this returns. */
  public static FaultProxy start(List<InetSocketAddress> servers, Framing framing, LinkHooks hooks)
      throws IOException {
    FaultProxy proxy = new FaultProxy(framing, hooks);
    boolean isStarted = false;
    try {
      for (InetSocketAddress server : servers) {
        proxy.listeners.put(server, listenerLike(server.getPort()));
      }
      proxy.listeners.forEach(
          (server, listener) ->
              proxy.start("accept", () -> proxy.accept(server, listener), () -> {}));
      isStarted = true;
      return proxy;
    } finally {
      if (!isStarted) {
        proxy.close();
      }
    }
  }

  /** A port with as many digits. */
  private static ServerSocket listenerLike(int port) throws IOException {
    List<ServerSocket> tried = new ArrayList<>();
    try {
      while (true) {
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        if (digits(listener.getLocalPort()) == digits(port) || tried.size() == BACKLOG) {
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

  /** Where the proxy listens, in the order of the servers. */
  public List<InetSocketAddress> addresses() {
    return listeners.keySet().stream().map(this::addressFor).toList();
  }

  /**
   * Where the proxy listens for one server. The port has as many digits as the server's wherever
   * the machine gives such ports to those who ask for any, so that one can be written over the
   * other.
   *
   * @throws IllegalArgumentException if it does not stand before that server
   */
  public InetSocketAddress addressFor(InetSocketAddress server) {
    ServerSocket listener = listeners.get(server);
    if (listener == null) {
      throw new IllegalArgumentException("stands before " + listeners.keySet() + " only");
    }
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /** The connections that are open, or whose servers have not yet ended them. */
  public Set<Link> links() {
    return Set.copyOf(links);
  }

  Framing framing() {
    return framing;
  }

  LinkHooks hooks() {
    return hooks;
  }

  void ended(Link link) {
    links.remove(link);
  }

  private void accept(InetSocketAddress server, ServerSocket listener) throws IOException {
    while (true) {
      Socket client;
      try {
        client = listener.accept();
      } catch (SocketException e) {
        if (isClosed) {
          return;
        }
        throw e;
      }
      Link link = new Link(this, server, client);
      links.add(link);
      if (isClosed) {
        link.close();
      } else {
        start("replies", link::run, link::close);
      }
    }
  }

  /**
   * Runs a task in a thread of the proxy.
   *
   * @param onFailure what ends for others if it fails
   */
  void start(String name, Task task, Runnable onFailure) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (InterruptedException e) {
                if (!isClosed) {
                  fail(e, onFailure);
                }
              } catch (Throwable e) { // whatever it is, it must reach the test
                fail(e, onFailure);
              }
            },
            "fault-proxy-" + name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void fail(Throwable failure, Runnable onFailure) {
    failures.add(failure);
    onFailure.run();
  }

  /**
   * Ends all connections, listens no longer and waits for all its threads. Does nothing the second
   * time.
   *
   * @throws IllegalStateException if the proxy has failed, with what happened as its cause, or if a
   *     hook does not end although it was interrupted
   */
  @Override
  public void close() {
    isClosed = true;
    listeners.values().forEach(this::close);
    links.forEach(Link::close);
    endThreads();
    Throwable first = failures.poll();
    if (first != null) {
      IllegalStateException failed = new IllegalStateException("the proxy failed: " + first, first);
      failures.forEach(failed::addSuppressed);
      failures.clear();
      throw failed;
    }
  }

  private void close(ServerSocket listener) {
    try {
      listener.close();
    } catch (IOException e) {
      failures.add(e);
    }
  }

  private void endThreads() {
    long deadline = System.nanoTime() + CLOSING.toNanos();
    boolean isInterrupted = false;
    for (Thread thread = threads.poll(); thread != null; thread = threads.poll()) {
      thread.interrupt();
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, Math.max(1, deadline - System.nanoTime()));
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
      if (thread.isAlive() && !isInterrupted) {
        failures.add(new IllegalStateException(thread + " does not end: " + stack(thread)));
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static String stack(Thread thread) {
    return List.of(thread.getStackTrace()).stream()
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }
}
