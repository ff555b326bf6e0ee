package io.stowage.adapter.redis.common.topology;

import java.util.Comparator;

/**
 * Where a server is.
 *
 * @param host a name, or an IP address without brackets
 * @param port the port
 */
public record ServerAddress(String host, int port) implements Comparable<ServerAddress> {

  private static final Comparator<ServerAddress> ORDER =
      Comparator.comparing(ServerAddress::host).thenComparingInt(ServerAddress::port);

  /**
   * Reads {@code host:port} as servers write it, where an IPv6 address has no brackets.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  static ServerAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new ServerAddress(
          text.substring(0, Math.max(colon, 0)), Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a host and a port", e);
    }
  }

  @Override
  public int compareTo(ServerAddress other) {
    return ORDER.compare(this, other);
  }

  /** Host and port, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
