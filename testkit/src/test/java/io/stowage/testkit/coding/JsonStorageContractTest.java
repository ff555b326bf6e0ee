package io.stowage.testkit.coding;

import io.stowage.adapter.memory.MemoryAdapter;
import io.stowage.api.StoragePlatform;
import io.stowage.testkit.storage.StorageContract;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Every clause in memory, with the codec json in every compression, plain and encrypted. */
@ParameterizedClass(name = "{0}")
@MethodSource("codings")
@Tag("one-jdk")
class JsonStorageContractTest extends StorageContract {

  private final Coding coding;

  JsonStorageContractTest(Coding coding) {
    this.coding = coding;
  }

  static List<Coding> codings() {
    return Coding.all("json");
  }

  @Override
  protected StoragePlatform openPlatform() {
    return new CodedPlatform(new MemoryAdapter(), coding);
  }
}
