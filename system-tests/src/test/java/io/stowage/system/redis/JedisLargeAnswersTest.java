package io.stowage.system.redis;

import io.stowage.adapter.redis.jedis.JedisAdapterProvider;

class JedisLargeAnswersTest extends RedisLargeAnswersTest {

  JedisLargeAnswersTest() {
    super(new JedisAdapterProvider());
  }
}
