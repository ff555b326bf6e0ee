package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;
import org.junit.jupiter.api.Tag;

/** Confirmation by replicas on the oldest server that is supported, which is bundled. */
@Tag("full")
class ConfirmedOnOldestRedisTest extends ConfirmedTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
