package io.stowage.testkit.port;

import io.stowage.adapter.memory.MemoryAdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import java.time.Duration;

/** Opens the project's adapters. */
final class Adapters {

  private Adapters() {}

  static StorageAdapter memory() {
    return new MemoryAdapterProvider().connect(settings("memory:"));
  }

  static ConnectionSettings settings(String uri) {
    return new ConnectionSettings(
        uri, "contract:", Duration.ofSeconds(5), Duration.ofSeconds(20), 8, "contract");
  }
}
