package io.stowage.system.redis;

import io.stowage.adapter.redis.jedis.JedisAdapterProvider;

class JedisDeadlineTest extends RedisDeadlineTest {

  JedisDeadlineTest() {
    super(new JedisAdapterProvider());
  }
}
