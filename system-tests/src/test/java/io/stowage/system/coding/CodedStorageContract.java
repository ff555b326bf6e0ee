package io.stowage.system.coding;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.StoragePlatform;
import io.stowage.testkit.storage.StorageContract;

/** The contract of {@code Storage} in memory, with one way of storing values. */
abstract class CodedStorageContract extends StorageContract {

  private final Coding coding;

  CodedStorageContract(Coding coding) {
    this.coding = coding;
  }

  @Override
  protected StoragePlatform openPlatform() {
    return new CodedPlatform(new MemoryAdapter(), coding);
  }
}
