package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;

/** The probe on the oldest server that is supported, which is bundled. */
class ServerProbeOnOldestRedisTest extends ServerProbeTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
