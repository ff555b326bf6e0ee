package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;

/** The ports on the oldest server that is supported, which is bundled. */
class PortsOnOldestRedisTest extends PortsTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
