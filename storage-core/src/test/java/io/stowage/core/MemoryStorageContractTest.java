package io.stowage.core;

import io.stowage.api.StoragePlatform;
import io.stowage.testkit.storage.StorageContract;

/** Every clause in memory. */
class MemoryStorageContractTest extends StorageContract {

  @Override
  protected StoragePlatform openPlatform() {
    return StoragePlatform.open("memory:");
  }
}
