package io.stowage.system.coding;

import static java.util.Objects.requireNonNull;

import io.stowage.api.Compression;
import io.stowage.api.StoragePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.testkit.storage.StorageContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Every clause on a Redis server through each client, with codecs, compressions and encryption so
 * chosen that each is there with each client at least once.
 */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class RedisCodingsTest {

  /** One client and one way of storing values. */
  @Tag("server")
  abstract static class OnRedis extends StorageContract {

    private final String adapter;
    private final Coding coding;
    private @Nullable EmbeddedRedis redis;

    OnRedis(
        String adapter,
        String codec,
        Compression compression,
        boolean hasDictionary,
        boolean isEncrypted) {
      this.adapter = adapter;
      this.coding = new Coding(Coding.codec(codec), compression, hasDictionary, isEncrypted);
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
      return new CodedPlatform(Connections.open(adapter, requireNonNull(redis).uri()), coding);
    }
  }

  @Nested
  class LettuceJsonZstdEncrypted extends OnRedis {
    LettuceJsonZstdEncrypted() {
      super("redis-lettuce", "json", Compression.zstd(), false, true);
    }
  }

  @Nested
  class LettuceKryoGzip extends OnRedis {
    LettuceKryoGzip() {
      super("redis-lettuce", "kryo", Compression.gzip(), false, false);
    }
  }

  @Nested
  class LettuceMessagePackDictionaryEncrypted extends OnRedis {
    LettuceMessagePackDictionaryEncrypted() {
      super("redis-lettuce", "msgpack", Compression.zstd(), true, true);
    }
  }

  @Nested
  class JedisJsonDictionary extends OnRedis {
    JedisJsonDictionary() {
      super("redis-jedis", "json", Compression.zstd(), true, false);
    }
  }

  @Nested
  class JedisKryoLz4Encrypted extends OnRedis {
    JedisKryoLz4Encrypted() {
      super("redis-jedis", "kryo", Compression.lz4(), false, true);
    }
  }

  @Nested
  class JedisMessagePackGzipEncrypted extends OnRedis {
    JedisMessagePackGzipEncrypted() {
      super("redis-jedis", "msgpack", Compression.gzip(), false, true);
    }
  }
}
