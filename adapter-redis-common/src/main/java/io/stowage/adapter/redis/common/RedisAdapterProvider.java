package io.stowage.adapter.redis.common;

import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import java.util.List;

/** Makes Redis adapters over one client library; a subclass adds the connection. */
public abstract class RedisAdapterProvider implements AdapterProvider {

  @Override
  public boolean serves(String scheme) {
    return scheme.equals("redis");
  }

  /**
   * Connects, and checks with one PING that the server answers.
   *
   * @throws IllegalArgumentException if the URI is none that {@link RedisUri} allows
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  @Override
  public StorageAdapter connect(ConnectionSettings settings) {
    RedisUri uri = RedisUri.parse(settings.uri());
    RedisConnection connection = open(uri, settings);
    try {
      Reply pong = connection.execute(List.of(RedisCommand.keyless("PING"))).get(0);
      if (pong instanceof Reply.Failure error) {
        throw ReplyErrors.onConnect(uri, error.text(), null);
      }
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
    return new RedisAdapter(name(), settings.keyPrefix(), connection);
  }

  /**
   * Opens a connection, or a pool of them; it may be connected by its first use.
   *
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  protected abstract RedisConnection open(RedisUri uri, ConnectionSettings settings);
}
