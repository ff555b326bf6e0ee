package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("one-jdk")
@Execution(ExecutionMode.CONCURRENT)
@Tag("server")
class EmbeddedSentinelTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String ALL = "io.stowage.embedded.redis.TestBinaries#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void startsAndReplacesItsMasterWhenTold(RedisBinary binary) throws Exception {
    try (EmbeddedSentinel group =
        EmbeddedSentinel.builder()
            .binary(binary)
            .masterName("orders")
            .downAfter(Duration.ofSeconds(10))
            .startupTimeout(LIMIT)
            .start()) {
      assertThat(group.members()).hasSize(3);
      assertThat(group.sentinels()).hasSize(3);
      List<EmbeddedRedis> sentinels = group.sentinels();
      assertThat(group.uri())
          .isEqualTo(
              "redis-sentinel://%s,%s,%s/orders",
              sentinels.get(0).address(), sentinels.get(1).address(), sentinels.get(2).address());
      EmbeddedRedis first = group.master();
      assertThat(first).isSameAs(group.members().get(0));
      assertThat(group.replicas()).hasSize(2).doesNotContain(first);
      for (EmbeddedRedis sentinel : sentinels) {
        assertThat(sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "orders"))
            .isEqualTo("127.0.0.1\n" + first.port());
      }
      first.command("SET", "a", "1");
      assertThat(first.ask("WAIT", "2", "15000")).isEqualTo("2");

      EmbeddedRedis second = group.failOver();

      assertThat(second).isNotSameAs(first).isSameAs(group.master());
      assertThat(second.ask("GET", "a")).isEqualTo("1");
      assertThat(second.ask("SET", "a", "2")).isEqualTo("OK");
      assertThat(group.replicas()).contains(first);
      assertThat(first.ask("INFO", "replication")).contains("role:slave");

      EmbeddedRedis replica = group.replicas().get(1);
      replica.kill();
      group.awaitStable(LIMIT);
      replica.restart();
      sentinels.get(0).kill();
      group.awaitStable(LIMIT);
      sentinels.get(0).restart();
      group.awaitStable(LIMIT);
      assertThat(group.master()).isSameAs(second);
      assertThat(replica.ask("GET", "a")).as("after it came back").isEqualTo("2");
      assertThat(sentinels.get(0).ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "orders"))
          .as("kept over its restart")
          .isEqualTo("127.0.0.1\n" + second.port());
    }
  }

  @ParameterizedTest
  @Tag("full")
  @ValueSource(booleans = {true, false})
  void replacesAMasterThatIsSilentAndTakesItBackAsAReplica(boolean killed) throws Exception {
    try (EmbeddedSentinel group =
        EmbeddedSentinel.builder().downAfter(Duration.ofSeconds(5)).startupTimeout(LIMIT).start()) {
      EmbeddedRedis first = group.master();
      first.command("SET", "a", "1");
      assertThat(first.ask("WAIT", "2", "15000")).isEqualTo("2");
      if (killed) {
        first.kill();
      } else {
        first.freeze();
      }
      group.awaitStable(LIMIT);
      EmbeddedRedis second = group.master();
      assertThat(second).isNotSameAs(first);
      assertThat(second.ask("SET", "b", "2")).isEqualTo("OK");
      if (killed) {
        first.restart();
      } else {
        first.thaw();
      }
      group.awaitStable(LIMIT);
      assertThat(group.master()).isSameAs(second);
      assertThat(first.ask("MGET", "a", "b")).isEqualTo("1\n2");
    }
  }

  @Test
  void saysWhyItIsNotStable() {
    try (EmbeddedSentinel group =
        EmbeddedSentinel.builder().replicas(0).sentinels(1).downAfter(LIMIT).start()) {
      group.master().kill();
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .isThrownBy(() -> group.awaitStable(Duration.ofMillis(100)))
          .withMessageContaining("the master " + group.master().address() + " does not serve");
    }
  }

  @Test
  void refusesWhatSentinelsCannotRead() {
    EmbeddedSentinel.Builder builder = EmbeddedSentinel.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.masterName("my master"))
        .withMessageContaining("my master");
    for (String password : List.of("", "a b", "a\"b", "a'b", "a\\b", "ä")) {
      assertThatIllegalArgumentException()
          .as(password)
          .isThrownBy(() -> builder.sentinelPassword(password))
          .withMessageContaining("sentinelPassword");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> builder.sentinels(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.replicas(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.downAfter(Duration.ZERO));
  }
}
