package io.stowage.testkit.port;

import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.spi.ConnectionSettings;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A Redis server of one test class. */
final class RedisServer implements BeforeAllCallback, AfterAllCallback {

  private final Supplier<RedisBinary> binary;
  private @Nullable EmbeddedRedis running;

  private RedisServer(Supplier<RedisBinary> binary) {
    this.binary = binary;
  }

  /** The bundled Redis 6.2, the oldest that is supported. */
  static RedisServer oldest() {
    return new RedisServer(RedisBinary::bundled);
  }

  /** The {@code redis-server} on the PATH; without one the test class is skipped. */
  static RedisServer onPath() {
    return new RedisServer(
        () -> RedisBinary.findOnPath().orElseThrow(AllowedSkip.NO_REDIS_ON_THE_PATH::skip));
  }

  ConnectionSettings settings() {
    if (running == null) {
      throw new IllegalStateException("the server of this test class is not running");
    }
    return Adapters.settings(running.uri());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running = EmbeddedRedis.builder().binary(binary.get()).start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (running != null) {
      running.close();
    }
  }
}
