package io.stowage.core;

import io.stowage.api.Outcome;
import io.stowage.api.PlatformProvider;
import io.stowage.api.PlatformSettings;
import io.stowage.api.StorageException;
import io.stowage.api.StorageException.Context;
import io.stowage.api.StoragePlatform;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.SerializationPort;
import io.stowage.spi.StorageAdapter;
import java.time.Duration;

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
    long begin = System.nanoTime();
    try {
      return provider.connect(connection);
    } catch (AdapterException e) {
      Context context =
          new Context("-", "open", provider.name(), Duration.ofNanos(System.nanoTime() - begin));
      String reason = String.valueOf(e.getMessage());
      throw e.isTransient()
          ? StorageException.transientFailure(reason, context, Outcome.NOT_APPLIED, e)
          : StorageException.permanentFailure(reason, context, Outcome.NOT_APPLIED, e);
    }
  }
}
