package io.stowage.adapter.redis.lettuce;

import io.stowage.adapter.redis.common.RedisAdapterProvider;
import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.adapter.redis.common.topology.ServerConnector;
import io.stowage.spi.ConnectionSettings;
import java.util.Optional;

/** Makes adapters over Lettuce, named {@code redis-lettuce}. */
public final class LettuceAdapterProvider extends RedisAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public LettuceAdapterProvider() {}

  @Override
  public String name() {
    return "redis-lettuce";
  }

  @Override
  protected ServerConnector connector(ConnectionSettings settings, Optional<TlsKeys> tls) {
    return new LettuceConnector(settings, tls);
  }
}
