package io.stowage.system.redis;

import io.stowage.adapter.redis.jedis.JedisAdapterProvider;

class JedisTlsTest extends RedisTlsTest {

  JedisTlsTest() {
    super(new JedisAdapterProvider());
  }
}
