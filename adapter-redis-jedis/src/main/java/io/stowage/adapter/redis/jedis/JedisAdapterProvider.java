package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.RedisAdapterProvider;
import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.adapter.redis.common.topology.ServerConnector;
import io.stowage.spi.ConnectionSettings;
import java.util.Optional;

/** Makes adapters over Jedis, named {@code redis-jedis}. */
public final class JedisAdapterProvider extends RedisAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public JedisAdapterProvider() {}

  @Override
  public String name() {
    return "redis-jedis";
  }

  @Override
  protected ServerConnector connector(ConnectionSettings settings, Optional<TlsKeys> tls) {
    return new JedisConnector(settings, tls);
  }
}
