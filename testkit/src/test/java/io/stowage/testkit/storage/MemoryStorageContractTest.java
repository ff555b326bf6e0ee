package io.stowage.testkit.storage;

import io.stowage.api.StoragePlatform;

/** Every clause in memory. */
class MemoryStorageContractTest extends StorageContract {

  @Override
  protected StoragePlatform openPlatform() {
    return StoragePlatform.open("memory:");
  }
}
