package io.stowage.testkit.topology;

import io.stowage.api.NetworkSettings;
import io.stowage.api.StoragePlatform;
import io.stowage.api.TlsSettings;
import io.stowage.spi.ConnectionSettings;
import java.time.Duration;

/**
 * Running servers, and how to reach them.
 *
 * @param uri where they are
 * @param tls whom to trust and what to show
 * @param servers stops the servers
 */
record Deployment(String uri, TlsSettings tls, Runnable servers) implements AutoCloseable {

  /** What every key begins with. */
  static final String KEY_PREFIX = "contract:";

  private static NetworkSettings network() {
    return NetworkSettings.defaults()
        .withConnectTimeout(Duration.ofSeconds(10))
        .withCommandTimeout(Duration.ofSeconds(20));
  }

  /** How an adapter connects. */
  ConnectionSettings settings() {
    return ConnectionSettings.of(uri).withKeyPrefix(KEY_PREFIX).withNetwork(network()).withTls(tls);
  }

  /** Connects a platform through an adapter. */
  StoragePlatform open(String adapter) {
    return StoragePlatform.builder()
        .uri(uri)
        .adapter(adapter)
        .keyPrefix(KEY_PREFIX)
        .network(network())
        .tls(tls)
        .open();
  }

  @Override
  public void close() {
    servers.run();
  }
}
