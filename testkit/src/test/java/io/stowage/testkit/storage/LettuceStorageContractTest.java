package io.stowage.testkit.storage;

import io.stowage.api.StoragePlatform;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every clause through Lettuce, on Redis 6.2. */
class LettuceStorageContractTest extends StorageContract {

  @RegisterExtension static final RedisServer REDIS = RedisServer.bundled();

  @Override
  protected StoragePlatform openPlatform() {
    return REDIS.open("redis-lettuce");
  }
}
