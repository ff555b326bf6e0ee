package io.stowage.system.redis;

import io.stowage.adapter.redis.jedis.JedisAdapterProvider;

class JedisClientTest extends RedisClientTest {

  JedisClientTest() {
    super(new JedisAdapterProvider());
  }
}
