package io.stowage.system.redis;

import io.stowage.adapter.redis.lettuce.LettuceAdapterProvider;

class LettuceDeadlineTest extends RedisDeadlineTest {

  LettuceDeadlineTest() {
    super(new LettuceAdapterProvider());
  }
}
