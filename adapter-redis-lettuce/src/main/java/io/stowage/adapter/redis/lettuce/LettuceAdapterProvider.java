package io.stowage.adapter.redis.lettuce;

import io.stowage.adapter.redis.common.RedisAdapterProvider;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.spi.ConnectionSettings;

/** Makes adapters over Lettuce, named {@code redis-lettuce}. */
public final class LettuceAdapterProvider extends RedisAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public LettuceAdapterProvider() {}

  @Override
  public String name() {
    return "redis-lettuce";
  }

  @Override
  protected RedisConnection open(RedisUri uri, ConnectionSettings settings) {
    return new LettuceConnection(new SharedConnection(uri, settings), settings.commandTimeout());
  }
}
