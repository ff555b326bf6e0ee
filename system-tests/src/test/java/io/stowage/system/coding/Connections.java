package io.stowage.system.coding;

import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.redis.PatientNetwork;
import java.util.ServiceLoader;
import redis.clients.jedis.Jedis;

/** Opens adapters by their names. */
final class Connections {

  /** Longer than a server stands still on a busy machine. */
  private static final int PATIENCE_MILLIS = 60_000;

  private Connections() {}

  /** A connection that looks at a server behind the back of its clients, to be closed. */
  static Jedis raw(EmbeddedRedis redis) {
    return new Jedis(redis.host(), redis.port(), PATIENCE_MILLIS);
  }

  static StorageAdapter open(String adapter, String uri) {
    return ServiceLoader.load(AdapterProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(adapter))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no adapter '" + adapter + "'"))
        .connect(ConnectionSettings.of(uri).withNetwork(PatientNetwork.SETTINGS));
  }
}
