package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.adapter.redis.common.topology.ConnectFailures;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.adapter.redis.common.topology.ServerTarget;
import io.stowage.api.Credentials;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Opens connections that are logged in, and turns the ways in which that fails into one. */
final class PipelineConnectionFactory {

  private final ServerTarget target;
  private final SocketFactory sockets;
  private final JedisClientConfig config;
  private final String clientName;

  PipelineConnectionFactory(
      ServerTarget target, ConnectionSettings settings, SocketFactory sockets) {
    this.target = target;
    this.sockets = sockets;
    this.clientName = settings.clientName();
    int timeout = Math.toIntExact(settings.network().connectTimeout().toMillis());
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis(timeout)
            .socketTimeoutMillis(timeout)
            .database(target.database())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    Credentials credentials = target.credentials();
    if (credentials != null) {
      builder.user(credentials.user()).password(credentials.password());
    }
    this.config = builder.build();
  }

  ServerAddress address() {
    return target.address();
  }

  /**
   * Opens a connection.
   *
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  PipelineConnection open() {
    try {
      PipelineConnection connection = new PipelineConnection(sockets, config);
      introduce(connection);
      return connection;
    } catch (JedisDataException e) {
      throw ReplyErrors.onConnect(address(), String.valueOf(e.getMessage()), e);
    } catch (JedisException e) {
      throw ConnectFailures.of(address(), e);
    }
  }

  private void introduce(PipelineConnection connection) {
    try {
      checkPassword(connection);
      if (target.readOnly()) {
        connection.demand("READONLY");
      }
      connection.introduce(clientName);
    } catch (JedisException e) {
      connection.drop();
      throw e;
    }
  }

  /**
   * Jedis logs in as the user {@code default} where only a password is given, and a server without
   * a password lets that user in with any. That is a mistake somewhere, and told.
   */
  private void checkPassword(PipelineConnection connection) {
    Credentials credentials = target.credentials();
    if (credentials != null && credentials.user() == null) {
      connection.demand("AUTH", credentials.password());
    }
  }
}
