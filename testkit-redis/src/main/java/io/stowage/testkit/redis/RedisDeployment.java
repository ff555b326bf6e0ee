package io.stowage.testkit.redis;

import io.stowage.api.StoragePlatform;
import io.stowage.api.TlsSettings;
import io.stowage.spi.ConnectionSettings;

/**
 * Running servers, and how to reach them. Closing it stops them.
 *
 * @param uri where they are, with the user that tests log in as
 * @param tls whom to trust and what to show
 * @param servers stops the servers
 */
public record RedisDeployment(String uri, TlsSettings tls, Runnable servers)
    implements AutoCloseable {

  /** What every key of the contracts begins with. */
  public static final String KEY_PREFIX = "contract:";

  /** How an adapter connects. */
  public ConnectionSettings settings() {
    return ConnectionSettings.of(uri)
        .withKeyPrefix(KEY_PREFIX)
        .withNetwork(PatientNetwork.SETTINGS)
        .withTls(tls);
  }

  /**
   * Connects a platform through the adapter of a name.
   *
   * @throws io.stowage.api.StorageException if no adapter of that name is on the class path, or it
   *     cannot connect
   */
  public StoragePlatform open(String adapter) {
    return StoragePlatform.builder()
        .uri(uri)
        .adapter(adapter)
        .keyPrefix(KEY_PREFIX)
        .network(PatientNetwork.SETTINGS)
        .tls(tls)
        .open();
  }

  /** Stops the servers. */
  @Override
  public void close() {
    servers.run();
  }
}
