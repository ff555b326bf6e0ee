package io.stowage.testkit.coding;

import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import java.time.Duration;
import java.util.ServiceLoader;

/** Opens adapters by their names; servers may stand still for a while on a busy machine. */
final class Connections {

  private Connections() {}

  static StorageAdapter open(String adapter, String uri) {
    return ServiceLoader.load(AdapterProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(adapter))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no adapter '" + adapter + "'"))
        .connect(
            ConnectionSettings.of(uri)
                .withNetwork(
                    NetworkSettings.defaults()
                        .withConnectTimeout(Duration.ofSeconds(10))
                        .withCommandTimeout(Duration.ofSeconds(20))));
  }
}
