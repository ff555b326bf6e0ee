package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;

/** What upkeep needs on the oldest server that is supported, which is bundled. */
class UpkeepOnOldestRedisTest extends UpkeepTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
