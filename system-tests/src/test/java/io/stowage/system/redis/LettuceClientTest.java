package io.stowage.system.redis;

import io.stowage.adapter.redis.lettuce.LettuceAdapterProvider;

class LettuceClientTest extends RedisClientTest {

  LettuceClientTest() {
    super(new LettuceAdapterProvider());
  }
}
