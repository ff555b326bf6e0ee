package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("one-jdk")
@Execution(ExecutionMode.CONCURRENT)
@Tag("server")
@Tag("full")
class FetchedServersTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Longer than any pause of a busy machine: all failovers are those that a test orders. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource({"valkey-8, Valkey, valkey_version", "redis-8, Redis, redis_version"})
  void runsAlone(String name, String product, String field) throws Exception {
    RedisBinary binary = TestBinaries.fetched(name);
    assertThat(binary.product()).isEqualTo(product);
    assertThat(binary.version()).startsWith("8.");
    try (EmbeddedRedis redis = EmbeddedRedis.builder().binary(binary).appendOnly().start()) {
      assertThat(redis.product()).isEqualTo(product);
      assertThat(redis.ask("INFO", "server").lines())
          .contains(field + ":" + redis.version(), "process_id:" + redis.pid());
      redis.command("SET", "a", "1");
      redis.kill();
      redis.restart();
      assertThat(redis.ask("GET", "a")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @CsvSource({"valkey-8", "redis-8"})
  void runsInGroups(String name, @TempDir Path directory) throws Exception {
    RedisBinary binary = TestBinaries.fetched(name);
    TlsMaterial material = TlsMaterial.generate(directory);
    try (EmbeddedRedisCluster cluster =
        EmbeddedRedisCluster.builder()
            .binary(binary)
            .mutualTls(material)
            .user("app", "x", "~*", "+@all")
            .nodeTimeout(SILENCE)
            .startupTimeout(LIMIT)
            .start()) {
      EmbeddedRedis source = cluster.masterOf("foo");
      EmbeddedRedis target =
          cluster.masters().stream().filter(m -> m != source).findFirst().orElseThrow();
      source.command("SET", "foo", "1");
      cluster.moveSlot(cluster.slotOf("foo"), target);
      cluster.failOver(cluster.replicaOf(target));
      assertThat(cluster.masterOf("foo").ask("GET", "foo")).isEqualTo("1");
    }
    try (EmbeddedSentinel group =
        EmbeddedSentinel.builder()
            .binary(binary)
            .downAfter(SILENCE)
            .startupTimeout(LIMIT)
            .start()) {
      EmbeddedRedis former = group.master();
      assertThat(group.failOver()).isNotSameAs(former);
    }
  }

  @Test
  void areLookedForInOneDirectory() {
    Map<String, String> environment = Map.of("STOWAGE_SERVERS", "/v", "XDG_CACHE_HOME", "/c");
    assertThat(new FetchedServers("/p", environment).executable("valkey-8"))
        .isEqualTo(Path.of("/p/valkey-8/redis-server"));
    assertThat(new FetchedServers(null, environment).executable("valkey-8"))
        .isEqualTo(Path.of("/v/valkey-8/redis-server"));
    assertThat(new FetchedServers("", Map.of("XDG_CACHE_HOME", "/c")).executable("redis-8"))
        .isEqualTo(Path.of("/c/stowage/servers/redis-8/redis-server"));
    assertThat(new FetchedServers(null, Map.of()).executable("redis-8"))
        .isEqualTo(
            Path.of(
                System.getProperty("user.home"), ".cache/stowage/servers/redis-8/redis-server"));
  }

  @Test
  void sayHowToGetOneThatIsMissing() {
    assertThat(RedisBinary.findFetched("nothing-1")).isEmpty();
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> RedisBinary.fetched("nothing-1"))
        .withMessageContaining("nothing-1")
        .withMessageContaining(".ci/fetch-servers");
    assertThatIllegalArgumentException().isThrownBy(() -> RedisBinary.findFetched("../valkey-8"));
  }
}
