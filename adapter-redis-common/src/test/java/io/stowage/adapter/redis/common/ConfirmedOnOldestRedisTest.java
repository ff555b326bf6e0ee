package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;

/** Confirmation by replicas on the oldest server that is supported, which is bundled. */
class ConfirmedOnOldestRedisTest extends ConfirmedTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
