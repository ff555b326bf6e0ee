package io.stowage.testkit.port;

import io.stowage.adapter.memory.MemoryAdapterProvider;
import io.stowage.api.NetworkSettings;
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
    return ConnectionSettings.of(uri)
        .withKeyPrefix("contract:")
        .withNetwork(
            NetworkSettings.defaults()
                .withConnectTimeout(Duration.ofSeconds(5))
                .withCommandTimeout(Duration.ofSeconds(20)));
  }
}
