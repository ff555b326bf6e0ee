package io.stowage.spi;

import java.time.Duration;

/**
 * How an adapter connects.
 *
 * @param uri where the backend is
 * @param keyPrefix what every key begins with
 * @param connectTimeout how long to wait for a connection
 * @param commandTimeout how long to wait for the answers to one round trip
 * @param poolSize how many connections at most, where the client keeps several
 * @param clientName the name of the connections at the server
 */
public record ConnectionSettings(
    String uri,
    String keyPrefix,
    Duration connectTimeout,
    Duration commandTimeout,
    int poolSize,
    String clientName) {

  /** The URI without its user and password, for messages and logs. */
  public String safeUri() {
    return uri.replaceAll("//.*@", "//");
  }

  /** The place without the password. */
  @Override
  public String toString() {
    return "ConnectionSettings[" + safeUri() + ", prefix " + keyPrefix + "]";
  }
}
