package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;
import org.junit.jupiter.api.Tag;

/** The probe on the oldest server that is supported, which is bundled. */
@Tag("full")
class ServerProbeOnOldestRedisTest extends ServerProbeTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
