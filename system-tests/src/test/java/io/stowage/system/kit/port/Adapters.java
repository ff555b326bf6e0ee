package io.stowage.system.kit.port;

import io.stowage.adapter.memory.MemoryAdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.redis.PatientNetwork;

/** Opens the project's adapters. */
final class Adapters {

  private Adapters() {}

  static StorageAdapter memory() {
    return new MemoryAdapterProvider().connect(settings("memory:"));
  }

  static ConnectionSettings settings(String uri) {
    return ConnectionSettings.of(uri)
        .withKeyPrefix("contract:")
        .withNetwork(PatientNetwork.SETTINGS);
  }
}
