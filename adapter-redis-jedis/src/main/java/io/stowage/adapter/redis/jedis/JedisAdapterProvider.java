package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.RedisAdapterProvider;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.spi.ConnectionSettings;

/** Makes adapters over Jedis, named {@code redis-jedis}. */
public final class JedisAdapterProvider extends RedisAdapterProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public JedisAdapterProvider() {}

  @Override
  public String name() {
    return "redis-jedis";
  }

  @Override
  protected RedisConnection open(RedisUri uri, ConnectionSettings settings) {
    return new JedisConnection(
        new PipelineConnectionPool(new PipelineConnectionFactory(uri, settings), settings),
        settings.commandTimeout());
  }
}
