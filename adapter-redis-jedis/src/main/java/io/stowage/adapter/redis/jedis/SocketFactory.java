package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.NetworkSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes the socket of one connection by a deadline, and keeps hold of what lies under TLS. It makes
 * one only: Jedis would send the rest of a batch over a second one, to which nobody has logged in.
 */
final class SocketFactory implements JedisSocketFactory {

  private static final System.Logger logger = System.getLogger(SocketFactory.class.getName());

  /** A connection is given up after so many probes without an answer. */
  private static final int PROBES = 3;

  private final ServerAddress address;
  private final NetworkSettings network;
  private final Optional<TlsSockets> tls;
  private final Deadline deadline;
  private volatile @Nullable DeadlineSocket socket;

  /**
   * @param deadline by when the socket must be connected, and TLS over it
   */
  SocketFactory(
      ServerAddress address, NetworkSettings network, Optional<TlsSockets> tls, Deadline deadline) {
    this.address = address;
    this.network = network;
    this.tls = tls;
    this.deadline = deadline;
  }

  /** The server's name is resolved now. */
  @Override
  public Socket createSocket() {
    if (socket != null) {
      throw new JedisConnectionException("the connection to " + address + " was closed");
    }
    try {
      return firstOf(InetAddress.getAllByName(address.host()));
    } catch (IOException e) {
      throw new JedisConnectionException("connecting to " + address + " failed", e);
    }
  }

  /** Each address gets its share of the time, and what those before it have left. */
  private Socket firstOf(InetAddress[] candidates) throws IOException {
    IOException failure = null;
    for (int i = 0; i < candidates.length; i++) {
      DeadlineSocket next = new DeadlineSocket();
      socket = next;
      try {
        long nanos = deadline.left() / (candidates.length - i);
        return connected(next, new InetSocketAddress(candidates[i], address.port()), nanos);
      } catch (IOException e) {
        next.close();
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    throw failure == null ? new IOException("no address for " + address.host()) : failure;
  }

  private Socket connected(DeadlineSocket plain, InetSocketAddress place, long nanos)
      throws IOException {
    if (nanos <= 0) {
      throw new SocketTimeoutException("Connect timed out");
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    plain.setTcpNoDelay(true);
    plain.setSoLinger(true, 0);
    keepAlive(plain);
    plain.connect(place, (int) Math.min(millis, Integer.MAX_VALUE));
    plain.readBy(deadline);
    return tls.isPresent() ? tls.get().wrap(plain, address) : plain;
  }

  private void keepAlive(Socket plain) throws IOException {
    plain.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    int idle = Math.toIntExact(network.keepAlive().toSeconds());
    set(plain, ExtendedSocketOptions.TCP_KEEPIDLE, idle);
    set(plain, ExtendedSocketOptions.TCP_KEEPINTERVAL, Math.max(1, idle / PROBES));
    set(plain, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
  }

  /** Where the operating system cannot set the times of its probes, its own apply. */
  private static void set(Socket plain, SocketOption<Integer> option, int value)
      throws IOException {
    if (plain.supportedOptions().contains(option)) {
      plain.setOption(option, value);
    }
  }

  /** Sets by when what is read from the socket from now on must have come. */
  void readBy(Deadline limit) {
    DeadlineSocket made = socket;
    if (made != null) {
      made.readBy(limit);
    }
  }

  /** Closes the socket under TLS, which says no farewell: that could block for ever. */
  void close() {
    DeadlineSocket made = socket;
    if (made != null) {
      try {
        made.close();
      } catch (IOException e) {
        // The connection is given up whether or not the operating system agrees.
        logger.log(System.Logger.Level.DEBUG, "closing a connection failed", e);
      }
    }
  }
}
