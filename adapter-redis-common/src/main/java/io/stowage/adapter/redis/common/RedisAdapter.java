package io.stowage.adapter.redis.common;

import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;

/** The adapter over a connection. */
final class RedisAdapter implements StorageAdapter {

  private final String name;
  private final String keyPrefix;
  private final Pipeline pipeline;

  RedisAdapter(String name, String keyPrefix, RedisConnection connection) {
    this.name = name;
    this.keyPrefix = keyPrefix;
    this.pipeline = new Pipeline(connection);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StorePorts store(String store) {
    pipeline.checkOpen();
    return new RedisStorePorts(pipeline, new Keys(keyPrefix, store));
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
