package io.stowage.testkit.topology;

import io.stowage.api.StoragePlatform;
import io.stowage.api.TlsSettings;
import io.stowage.spi.ConnectionSettings;
import io.stowage.testkit.support.PatientNetwork;

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

  /** How an adapter connects. */
  ConnectionSettings settings() {
    return ConnectionSettings.of(uri)
        .withKeyPrefix(KEY_PREFIX)
        .withNetwork(PatientNetwork.SETTINGS)
        .withTls(tls);
  }

  /** Connects a platform through an adapter. */
  StoragePlatform open(String adapter) {
    return StoragePlatform.builder()
        .uri(uri)
        .adapter(adapter)
        .keyPrefix(KEY_PREFIX)
        .network(PatientNetwork.SETTINGS)
        .tls(tls)
        .open();
  }

  @Override
  public void close() {
    servers.run();
  }
}
