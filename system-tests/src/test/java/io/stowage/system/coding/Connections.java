package io.stowage.system.coding;

import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.redis.PatientNetwork;
import java.util.ServiceLoader;

/** Opens adapters by their names. */
final class Connections {

  private Connections() {}

  static StorageAdapter open(String adapter, String uri) {
    return ServiceLoader.load(AdapterProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(adapter))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no adapter '" + adapter + "'"))
        .connect(ConnectionSettings.of(uri).withNetwork(PatientNetwork.SETTINGS));
  }
}
