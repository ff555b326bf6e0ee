package io.stowage.system.redis;

import io.stowage.adapter.redis.lettuce.LettuceAdapterProvider;

class LettuceLargeAnswersTest extends RedisLargeAnswersTest {

  LettuceLargeAnswersTest() {
    super(new LettuceAdapterProvider());
  }
}
