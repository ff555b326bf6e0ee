package io.stowage.testkit.redis;

import io.stowage.adapter.redis.jedis.JedisAdapterProvider;

class JedisTlsTest extends RedisTlsTest {

  JedisTlsTest() {
    super(new JedisAdapterProvider());
  }
}
