package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.NetworkSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Makes connected sockets to one server, whose name is resolved anew for each. */
final class SocketFactory implements JedisSocketFactory {

  /** A connection is given up after so many probes without an answer. */
  private static final int PROBES = 3;

  private final ServerAddress address;
  private final NetworkSettings network;
  private final Optional<TlsSockets> tls;

  SocketFactory(ServerAddress address, NetworkSettings network, Optional<TlsSockets> tls) {
    this.address = address;
    this.network = network;
    this.tls = tls;
  }

  @Override
  public Socket createSocket() {
    try {
      return firstOf(InetAddress.getAllByName(address.host()));
    } catch (IOException e) {
      throw new JedisConnectionException("connecting to " + address + " failed", e);
    }
  }

  private Socket firstOf(InetAddress[] candidates) throws IOException {
    IOException failure = null;
    for (InetAddress candidate : candidates) {
      Socket socket = new Socket();
      try {
        return connected(socket, new InetSocketAddress(candidate, address.port()));
      } catch (IOException e) {
        socket.close();
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    throw failure == null ? new IOException("no address for " + address.host()) : failure;
  }

  private Socket connected(Socket socket, InetSocketAddress place) throws IOException {
    int timeout = Math.toIntExact(network.connectTimeout().toMillis());
    socket.setTcpNoDelay(true);
    socket.setSoLinger(true, 0);
    keepAlive(socket);
    socket.connect(place, timeout);
    socket.setSoTimeout(timeout);
    return tls.isPresent() ? tls.get().wrap(socket, address) : socket;
  }

  private void keepAlive(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    int idle = Math.toIntExact(network.keepAlive().toSeconds());
    set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, idle);
    set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, Math.max(1, idle / PROBES));
    set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
  }

  /** Where the operating system cannot set the times of its probes, its own apply. */
  private static void set(Socket socket, SocketOption<Integer> option, int value)
      throws IOException {
    if (socket.supportedOptions().contains(option)) {
      socket.setOption(option, value);
    }
  }
}
