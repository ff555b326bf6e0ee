package io.stowage.spi;

import io.stowage.api.Credentials;
import io.stowage.api.NetworkSettings;
import io.stowage.api.TlsSettings;
import java.util.Optional;

/**
 * How an adapter connects. An adapter honours every setting, or refuses it when it connects.
 *
 * @param uri where the backend is
 * @param keyPrefix what every key begins with
 * @param clientName the name of the connections at the server
 * @param network time-outs, pool and sockets
 * @param tls certificates, for the URI schemes that encrypt
 * @param sentinelCredentials who logs in to Sentinel servers; empty for nobody
 */
public record ConnectionSettings(
    String uri,
    String keyPrefix,
    String clientName,
    NetworkSettings network,
    TlsSettings tls,
    Optional<Credentials> sentinelCredentials) {

  /** The default settings for a URI. */
  public static ConnectionSettings of(String uri) {
    return new ConnectionSettings(
        uri,
        "stowage:",
        "stowage",
        NetworkSettings.defaults(),
        TlsSettings.defaults(),
        Optional.empty());
  }

  public ConnectionSettings withKeyPrefix(String prefix) {
    return new ConnectionSettings(uri, prefix, clientName, network, tls, sentinelCredentials);
  }

  public ConnectionSettings withClientName(String name) {
    return new ConnectionSettings(uri, keyPrefix, name, network, tls, sentinelCredentials);
  }

  public ConnectionSettings withNetwork(NetworkSettings settings) {
    return new ConnectionSettings(uri, keyPrefix, clientName, settings, tls, sentinelCredentials);
  }

  public ConnectionSettings withTls(TlsSettings settings) {
    return new ConnectionSettings(
        uri, keyPrefix, clientName, network, settings, sentinelCredentials);
  }

  public ConnectionSettings withSentinelCredentials(Credentials credentials) {
    return new ConnectionSettings(
        uri, keyPrefix, clientName, network, tls, Optional.of(credentials));
  }

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
