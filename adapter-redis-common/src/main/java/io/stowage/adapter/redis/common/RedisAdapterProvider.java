package io.stowage.adapter.redis.common;

import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.adapter.redis.common.topology.Deployments;
import io.stowage.adapter.redis.common.topology.ServerConnector;
import io.stowage.api.TlsSettings;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import java.util.List;
import java.util.Optional;

/** Makes Redis adapters over one client library; a subclass adds how to connect to a server. */
public abstract class RedisAdapterProvider implements AdapterProvider {

  @Override
  public boolean serves(String scheme) {
    return RedisUri.isScheme(scheme);
  }

  /**
   * Connects, and checks with one PING that the deployment answers.
   *
   * @throws IllegalArgumentException if the URI is none that {@link RedisUri} allows, or if a
   *     setting has no meaning for it or is not supported by the client
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  @Override
  public StorageAdapter connect(ConnectionSettings settings) {
    RedisUri uri = RedisUri.parse(settings.uri());
    return new RedisAdapter(name(), uri, settings.keyPrefix(), open(uri, settings));
  }

  private RedisConnection open(RedisUri uri, ConnectionSettings settings) {
    checkMeaning(uri, settings);
    Optional<TlsKeys> tls =
        uri.tls() ? Optional.of(TlsKeys.read(settings.tls())) : Optional.empty();
    RedisConnection connection = Deployments.open(uri, settings, connector(settings, tls));
    try {
      Reply pong = connection.execute(List.of(RedisCommand.keyless("PING"))).get(0);
      if (pong instanceof Reply.Failure error) {
        throw ReplyErrors.onConnect(uri.servers().get(0), error.text(), null);
      }
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  private static void checkMeaning(RedisUri uri, ConnectionSettings settings) {
    if (!uri.tls() && !settings.tls().equals(TlsSettings.defaults())) {
      throw new IllegalArgumentException(
          "TLS settings are given, but "
              + uri
              + " is not encrypted; allowed is a scheme that begins with rediss");
    }
    if (uri.topology() != RedisUri.Topology.SENTINEL
        && settings.sentinelCredentials().isPresent()) {
      throw new IllegalArgumentException(
          "credentials for Sentinel are given, but "
              + uri
              + " has no Sentinels; allowed are redis-sentinel and rediss-sentinel");
    }
  }

  /**
   * Makes a connector; nothing is connected yet.
   *
   * @param tls the keys for TLS; empty if connections are not encrypted
   * @throws IllegalArgumentException if a setting is not supported by the client
   */
  protected abstract ServerConnector connector(ConnectionSettings settings, Optional<TlsKeys> tls);
}
