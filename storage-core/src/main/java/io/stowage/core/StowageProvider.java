package io.stowage.core;

import io.stowage.api.PlatformProvider;
import io.stowage.api.PlatformSettings;
import io.stowage.api.StoragePlatform;
import io.stowage.core.item.Codecs;
import io.stowage.core.store.CallsUnderWay;
import io.stowage.core.store.Operations;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import java.time.InstantSource;

/** Opens platforms with what is on the class path. */
public final class StowageProvider implements PlatformProvider {

  @Override
  public StoragePlatform open(PlatformSettings settings) {
    AdapterProvider provider = Installed.adapter(settings.uri(), settings.adapter());
    Codecs codecs =
        settings.ownCodec().isPresent()
            ? Installed.codecs(settings.ownCodec().get())
            : Installed.codecs(settings.codec());
    StorageAdapter adapter = connect(provider, settings);
    try {
      ServerProbe.check(adapter);
      return StowagePlatform.over(adapter, codecs, InstantSource.system(), settings.listener());
    } catch (RuntimeException e) {
      adapter.close();
      throw e;
    }
  }

  private static StorageAdapter connect(AdapterProvider provider, PlatformSettings settings) {
    ConnectionSettings connection =
        new ConnectionSettings(
            settings.uri(),
            settings.keyPrefix(),
            settings.clientName(),
            settings.network(),
            settings.tls(),
            settings.sentinelCredentials());
    // No store is meant yet, and a connection that fails has written nothing.
    Operations operations = new Operations("-", provider.name(), new CallsUnderWay());
    return operations.read("open", () -> provider.connect(connection));
  }
}
