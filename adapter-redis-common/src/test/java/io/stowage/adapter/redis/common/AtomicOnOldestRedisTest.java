package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;

/** Atomic batches on the oldest server that is supported, which is bundled. */
class AtomicOnOldestRedisTest extends AtomicTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
