package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class ReadinessProbeTest {

  private static @Nullable String obstacle(
      EmbeddedRedis redis, @Nullable String password, long processId) {
    return new ReadinessProbe(
            new Endpoint(
                Loopback.at(redis.port()),
                null,
                password == null ? null : new Credentials(null, password)))
        .obstacle(processId, Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @MethodSource("io.stowage.embedded.redis.TestBinaries#all")
  void tellsItsServerFromOthers(RedisBinary binary) {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(binary).start()) {
      assertThat(obstacle(redis, null, redis.pid())).isNull();
      assertThat(obstacle(redis, null, redis.pid() + 1)).contains("another server");
      redis.kill();
      assertThat(obstacle(redis, null, 1)).contains("ConnectException");
    }
  }

  @ParameterizedTest
  @MethodSource("io.stowage.embedded.redis.TestBinaries#all")
  void needsTheRightPassword(RedisBinary binary) {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(binary).password("right").start()) {
      assertThat(obstacle(redis, "right", redis.pid())).isNull();
      assertThat(obstacle(redis, "wrong", redis.pid())).contains("WRONGPASS");
      assertThat(obstacle(redis, null, redis.pid())).contains("NOAUTH");
    }
  }

  /** A server that reads a large file back answers, but not yet with what it has stored. */
  @Test
  void waitsForAServerThatIsLoading() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().appendOnly().start()) {
      assertThat(
              redis.ask(
                  "EVAL",
                  "for i = 1, 200000 do redis.call('RPUSH', 'list', 'value' .. i) end",
                  "0"))
          .isEqualTo("null");
      redis.kill();
      redis.restart();
      assertThat(redis.ask("LLEN", "list")).isEqualTo("200000");
    }
  }
}
