package io.stowage.system.storage;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between a client and Redis and counts round trips: it holds replies back until the client
 * has sent nothing for a while. What the client sends meanwhile did not wait for a reply, so it
 * belongs to the same round trip; what it sends afterwards begins another.
 */
final class RoundTripProxy implements AutoCloseable {

  /**
   * How long the client must be quiet; less than what counts as idle. A client that a busy machine
   * stops for longer in the middle of a batch would be counted twice.
   */
  private static final long HOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final int redisPort;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger roundTrips = new AtomicInteger();
  private final AtomicLong lastActivity = new AtomicLong(System.nanoTime());

  private RoundTripProxy(int redisPort, ServerSocket listener) {
    this.redisPort = redisPort;
    this.listener = listener;
  }

  static RoundTripProxy before(int redisPort) throws IOException {
    RoundTripProxy proxy =
        new RoundTripProxy(redisPort, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    daemon("accept", proxy::accept);
    return proxy;
  }

  String uri() {
    return "redis://127.0.0.1:" + listener.getLocalPort();
  }

  /** The round trips so far, over all connections. */
  int roundTrips() {
    return roundTrips.get();
  }

  /** Waits until nothing passes any more. */
  void awaitIdle() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> System.nanoTime() - lastActivity.get() > IDLE_NANOS);
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), redisPort);
      sockets.add(client);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Relay relay = new Relay(client, server);
      daemon("requests", relay::requests);
      daemon("replies", relay::replies);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private interface Task {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException closed) {
                // One side is gone; the other notices by its own read.
              } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
              }
            },
            "round-trip-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** One connection. */
  private final class Relay {

    private final Socket client;
    private final Socket server;
    private final AtomicBoolean isAsked = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();
    private volatile long lastRequest;

    Relay(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void requests() throws IOException {
      byte[] buffer = new byte[1 << 16];
      try (server) {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          noteRequest();
          out.write(buffer, 0, n);
        }
      }
    }

    private void noteRequest() {
      long now = System.nanoTime();
      lastRequest = now;
      lastActivity.set(now);
      isAsked.set(true);
    }

    void replies() throws IOException, InterruptedException {
      byte[] buffer = new byte[1 << 16];
      try (client) {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (isAsked.get()) {
            awaitQuietClient();
            isAsked.set(false);
            roundTrips.incrementAndGet();
          }
          lastActivity.set(System.nanoTime());
          out.write(buffer, 0, n);
        }
      }
    }

    private void awaitQuietClient() throws InterruptedException {
      lock.lock();
      try {
        long left = HOLD_NANOS;
        while (left > 0) {
          never.awaitNanos(left);
          left = lastRequest + HOLD_NANOS - System.nanoTime();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
