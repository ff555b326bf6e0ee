package io.stowage.adapter.redis.common;

import io.stowage.embedded.redis.RedisBinary;
import org.junit.jupiter.api.Tag;

/** What upkeep needs on the oldest server that is supported, which is bundled. */
@Tag("full")
class UpkeepOnOldestRedisTest extends UpkeepTest {

  @Override
  RedisBinary binary() {
    return RedisBinary.bundled();
  }
}
