package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Opens connections that are logged in, and turns the ways in which that fails into one. */
final class PipelineConnectionFactory {

  private final RedisUri uri;
  private final HostAndPort place;
  private final JedisClientConfig config;
  private final String clientName;

  PipelineConnectionFactory(RedisUri uri, ConnectionSettings settings) {
    this.uri = uri;
    this.place = new HostAndPort(uri.host(), uri.port());
    this.clientName = settings.clientName();
    int timeout = Math.toIntExact(settings.connectTimeout().toMillis());
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .resp2()
            .connectionTimeoutMillis(timeout)
            .socketTimeoutMillis(timeout)
            .database(uri.database())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    if (uri.password() != null) {
      builder.user(uri.user()).password(uri.password());
    }
    this.config = builder.build();
  }

  String place() {
    return uri.place();
  }

  /**
   * Opens a connection.
   *
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  PipelineConnection open() {
    try {
      PipelineConnection connection = new PipelineConnection(place, config);
      checkPassword(connection);
      connection.introduce(clientName);
      return connection;
    } catch (JedisDataException e) {
      throw ReplyErrors.onConnect(uri, String.valueOf(e.getMessage()), e);
    } catch (JedisException e) {
      throw AdapterException.unavailable(
          "cannot connect to Redis at " + place() + ": " + reason(e), e);
    }
  }

  /**
   * Jedis logs in as the user {@code default} where only a password is given, and a server without
   * a password lets that user in with any. That is a mistake somewhere, and told.
   */
  private void checkPassword(PipelineConnection connection) {
    String password = uri.password();
    if (password == null || uri.user() != null) {
      return;
    }
    try {
      connection.demand("AUTH", password);
    } catch (JedisException e) {
      connection.drop();
      throw e;
    }
  }

  /** What the operating system said: Jedis wraps it. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (true) {
      Throwable[] suppressed = root.getSuppressed();
      Throwable deeper =
          root.getCause() != null || suppressed.length == 0 ? root.getCause() : suppressed[0];
      if (deeper == null) {
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
      }
      root = deeper;
    }
  }
}
