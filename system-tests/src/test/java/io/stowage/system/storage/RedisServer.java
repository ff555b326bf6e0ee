package io.stowage.system.storage;

import io.stowage.api.StoragePlatform;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.system.support.AllowedSkip;
import io.stowage.testkit.redis.PatientNetwork;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Redis server for the tests of one class. */
final class RedisServer implements BeforeAllCallback, AfterAllCallback {

  private final Supplier<RedisBinary> binary;
  private @Nullable EmbeddedRedis redis;

  private RedisServer(Supplier<RedisBinary> binary) {
    this.binary = binary;
  }

  /** Redis 6.2, the oldest that is supported. */
  static RedisServer bundled() {
    return new RedisServer(RedisBinary::bundled);
  }

  /** The machine's own; without one the class is skipped. */
  static RedisServer onPath() {
    return new RedisServer(
        () -> RedisBinary.findOnPath().orElseThrow(AllowedSkip.NO_REDIS_ON_THE_PATH::skip));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    redis = EmbeddedRedis.builder().binary(binary.get()).start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (redis != null) {
      redis.close();
    }
  }

  int port() {
    return started().port();
  }

  /** Connects through an adapter. */
  StoragePlatform open(String adapter) {
    return open(adapter, started().uri());
  }

  /** Connects through an adapter to another address. */
  static StoragePlatform open(String adapter, String uri) {
    return StoragePlatform.builder()
        .uri(uri)
        .adapter(adapter)
        .keyPrefix("contract:")
        .network(PatientNetwork.SETTINGS)
        .open();
  }

  private EmbeddedRedis started() {
    if (redis == null) {
      throw new IllegalStateException("the server is not started; register it as an extension");
    }
    return redis;
  }
}
