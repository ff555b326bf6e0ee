package io.stowage.testkit.coding;

import static java.util.Objects.requireNonNull;

import io.stowage.api.Compression;
import io.stowage.api.StoragePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.storage.StorageContract;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every clause on a Redis server through each client, with codecs, compressions and encryption so
 * chosen that each is there with each client at least once.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("cases")
@Tag("one-jdk")
class RedisCodingsTest extends StorageContract {

  /** One client and one way of storing values. */
  record Case(String adapter, Coding coding) {}

  private final Case chosen;
  private @Nullable EmbeddedRedis redis;

  RedisCodingsTest(Case chosen) {
    this.chosen = chosen;
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String adapter : List.of("redis-lettuce", "redis-jedis")) {
      cases.add(new Case(adapter, coding("json", Compression.gzip(), false, true)));
      cases.add(new Case(adapter, coding("msgpack", Compression.zstd(), true, true)));
      cases.add(new Case(adapter, coding("kryo", Compression.lz4(), false, false)));
    }
    return cases;
  }

  private static Coding coding(
      String codec, Compression compression, boolean hasDictionary, boolean isEncrypted) {
    return new Coding(Coding.codec(codec), compression, hasDictionary, isEncrypted);
  }

  @BeforeAll
  void startServer() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  void stopServer() {
    if (redis != null) {
      redis.close();
    }
  }

  @Override
  protected StoragePlatform openPlatform() {
    return new CodedPlatform(
        connect(chosen.adapter(), requireNonNull(redis).uri()), chosen.coding());
  }

  static StorageAdapter connect(String adapter, String uri) {
    return ServiceLoader.load(AdapterProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(adapter))
        .findFirst()
        .orElseThrow()
        .connect(ConnectionSettings.of(uri));
  }
}
