package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.adapter.redis.common.topology.ServerConnection;
import io.stowage.adapter.redis.common.topology.ServerConnector;
import io.stowage.adapter.redis.common.topology.ServerTarget;
import io.stowage.spi.ConnectionSettings;
import java.util.Optional;

/** Connects through Jedis: a pool of connections for each server. */
final class JedisConnector implements ServerConnector {

  private final ConnectionSettings settings;
  private final Optional<TlsSockets> tls;
  private final Watchdog watchdog = new Watchdog();

  JedisConnector(ConnectionSettings settings, Optional<TlsKeys> tls) {
    settings
        .network()
        .tcpUserTimeout()
        .ifPresent(
            timeout -> {
              throw new IllegalArgumentException(
                  "tcpUserTimeout is "
                      + timeout
                      + ", which the sockets of the JDK, on which Jedis runs, cannot set;"
                      + " allowed is empty");
            });
    this.settings = settings;
    this.tls = tls.map(TlsSockets::new);
  }

  @Override
  public ServerConnection connect(ServerTarget target) {
    PipelineConnectionFactory factory = new PipelineConnectionFactory(target, settings, tls);
    return new JedisServer(new PipelineConnectionPool(factory, settings.network()), watchdog);
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
