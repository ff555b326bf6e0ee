package io.stowage.core;

import io.stowage.api.PlatformProvider;
import io.stowage.api.PlatformSettings;
import io.stowage.api.StoragePlatform;
import io.stowage.core.store.Operations;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.SerializationPort;
import io.stowage.spi.StorageAdapter;

/** Opens platforms with what is on the class path. */
public final class StowageProvider implements PlatformProvider {

  @Override
  public StoragePlatform open(PlatformSettings settings) {
    AdapterProvider provider = Installed.adapter(settings.uri(), settings.adapter());
    SerializationPort codec = Installed.codec(settings.codec());
    return StowagePlatform.over(connect(provider, settings), codec);
  }

  private static StorageAdapter connect(AdapterProvider provider, PlatformSettings settings) {
    ConnectionSettings connection =
        new ConnectionSettings(
            settings.uri(),
            settings.keyPrefix(),
            settings.connectTimeout(),
            settings.commandTimeout(),
            settings.poolSize(),
            settings.clientName());
    // No store is meant yet, and a connection that fails has written nothing.
    Operations operations = new Operations("-", provider.name(), () -> false);
    return operations.read("open", () -> provider.connect(connection));
  }
}
