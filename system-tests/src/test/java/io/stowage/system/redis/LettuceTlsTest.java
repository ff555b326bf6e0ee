package io.stowage.system.redis;

import io.stowage.adapter.redis.lettuce.LettuceAdapterProvider;

class LettuceTlsTest extends RedisTlsTest {

  LettuceTlsTest() {
    super(new LettuceAdapterProvider());
  }
}
