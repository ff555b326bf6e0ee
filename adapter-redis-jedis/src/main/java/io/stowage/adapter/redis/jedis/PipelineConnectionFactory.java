package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.adapter.redis.common.topology.ConnectFailures;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.adapter.redis.common.topology.ServerTarget;
import io.stowage.api.Credentials;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import java.util.Optional;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Opens connections that are logged in, and turns the ways in which that fails into one. */
final class PipelineConnectionFactory {

  private final ServerTarget target;
  private final NetworkSettings network;
  private final Optional<TlsSockets> tls;
  private final JedisClientConfig config;
  private final String clientName;

  PipelineConnectionFactory(
      ServerTarget target, ConnectionSettings settings, Optional<TlsSockets> tls) {
    this.target = target;
    this.network = settings.network();
    this.tls = tls;
    this.clientName = settings.clientName();
    DefaultJedisClientConfig.Builder builder =
        DefaultJedisClientConfig.builder()
            .resp2()
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
   * Opens a connection: connects, shakes hands, logs in.
   *
   * @param deadline by when all of it must be done
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  PipelineConnection open(Deadline deadline) {
    SocketFactory sockets = new SocketFactory(address(), network, tls, deadline);
    try {
      PipelineConnection connection = new PipelineConnection(sockets, config);
      introduce(connection);
      return connection;
    } catch (JedisDataException e) {
      sockets.close();
      throw ReplyErrors.onConnect(address(), String.valueOf(e.getMessage()), e);
    } catch (JedisException e) {
      sockets.close();
      throw deadline.left() > 0
          ? ConnectFailures.of(address(), e)
          : ConnectFailures.late(address(), network.connectTimeout(), e);
    } catch (RuntimeException | Error e) {
      sockets.close();
      throw e;
    }
  }

  private void introduce(PipelineConnection connection) {
    checkPassword(connection);
    if (target.readOnly()) {
      connection.demand("READONLY");
    }
    connection.introduce(clientName);
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
