package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;
import org.junit.jupiter.api.Tag;

/** Atomic batches on the oldest server that is supported, which is bundled. */
@Tag("full")
class AtomicOnOldestRedisTest extends AtomicTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
