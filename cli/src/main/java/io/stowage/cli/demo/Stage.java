package io.stowage.cli.demo;

import io.stowage.api.StoragePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where the tour takes place: a platform and, unless it is in memory, the Redis below it. */
final class Stage implements AutoCloseable {

  private final @Nullable EmbeddedRedis redis;
  private final StoragePlatform platform;

  private Stage(@Nullable EmbeddedRedis redis, StoragePlatform platform) {
    this.redis = redis;
    this.platform = platform;
  }

  static Stage inMemory() {
    return new Stage(null, StoragePlatform.builder().uri("memory:").adapter("memory").open());
  }

  /** Starts a Redis that writes an append-only file to a directory that goes when it is closed. */
  static Stage onRedis(String adapter) {
    EmbeddedRedis redis = EmbeddedRedis.builder().appendOnly().start();
    try {
      return new Stage(redis, StoragePlatform.builder().uri(redis.uri()).adapter(adapter).open());
    } catch (RuntimeException e) {
      redis.close();
      throw e;
    }
  }

  StoragePlatform platform() {
    return platform;
  }

  /** The Redis, unless the stage is in memory. */
  Optional<EmbeddedRedis> redis() {
    return Optional.ofNullable(redis);
  }

  /** How often Redis executed each command, unless the stage is in memory. */
  Optional<Map<String, Long>> calls() {
    return look(RedisProbe::calls);
  }

  /** The keys in Redis that match a glob pattern, unless the stage is in memory. */
  Optional<List<String>> keys(String pattern) {
    return look(probe -> probe.keys(pattern));
  }

  private <T> Optional<T> look(Function<RedisProbe, T> question) {
    if (redis == null || !redis.isRunning()) {
      return Optional.empty();
    }
    try (RedisProbe probe = new RedisProbe(redis.host(), redis.port())) {
      return Optional.of(question.apply(probe));
    }
  }

  @Override
  public void close() {
    try {
      platform.close();
    } finally {
      if (redis != null) {
        redis.close();
      }
    }
  }
}
