package io.stowage.embedded.redis;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The one address that servers listen on. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private Loopback() {}

  /** The address with a port; nothing is looked up. */
  static InetSocketAddress at(int port) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address", e);
    }
  }
}
