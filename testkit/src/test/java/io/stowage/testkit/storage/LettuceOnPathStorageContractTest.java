package io.stowage.testkit.storage;

import io.stowage.api.StoragePlatform;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every clause through Lettuce, on the machine's own Redis. */
class LettuceOnPathStorageContractTest extends StorageContract {

  @RegisterExtension static final RedisServer REDIS = RedisServer.onPath();

  @Override
  protected StoragePlatform openPlatform() {
    return REDIS.open("redis-lettuce");
  }
}
