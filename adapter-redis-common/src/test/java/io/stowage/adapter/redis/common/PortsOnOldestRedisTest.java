package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;
import org.junit.jupiter.api.Tag;

/** The ports on the oldest server that is supported, which is bundled. */
@Tag("full")
class PortsOnOldestRedisTest extends PortsTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
