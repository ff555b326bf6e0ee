package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
@Tag("server")
class EmbeddedReplicaSetTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @ParameterizedTest
  @MethodSource("io.stowage.embedded.redis.TestBinaries#all")
  void changesItsMasterWhenTold(RedisBinary binary) throws Exception {
    try (EmbeddedReplicaSet set = EmbeddedReplicaSet.builder().binary(binary).start()) {
      EmbeddedRedis first = set.master();
      EmbeddedRedis second = set.replicas().get(0);
      EmbeddedRedis third = set.replicas().get(1);
      assertThat(set.uri()).isEqualTo("redis://" + first.address());
      first.command("SET", "a", "1");

      set.failOver(third);

      assertThat(set.master()).isSameAs(third);
      assertThat(set.replicas()).containsExactly(first, second);
      assertThat(set.uri()).isEqualTo("redis://" + third.address());
      assertThat(third.ask("SET", "b", "2")).isEqualTo("OK");
      assertThat(third.ask("WAIT", "2", "15000")).isEqualTo("2");

      third.kill();
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .isThrownBy(() -> set.awaitStable(Duration.ofMillis(50)));
      set.failOver(first);
      assertThat(set.master()).isSameAs(first);
      assertThat(first.ask("SET", "c", "3")).isEqualTo("OK");
      third.restart();
      second.restart();
      set.awaitStable(LIMIT);
      for (EmbeddedRedis replica : set.replicas()) {
        assertThat(replica.ask("MGET", "a", "b", "c")).isEqualTo("1\n2\n3");
      }

      first.freeze();
      assertThatIllegalStateException()
          .isThrownBy(() -> set.failOver(second))
          .withMessageContaining("thaw or kill");
      first.thaw();
      second.kill();
      assertThatIllegalStateException().isThrownBy(() -> set.failOver(second));
      set.awaitStable(LIMIT);
    }
  }

  @Test
  void refusesStrangers() {
    try (EmbeddedReplicaSet set = EmbeddedReplicaSet.builder().replicas(0).start();
        EmbeddedRedis stranger = EmbeddedRedis.start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> set.failOver(stranger))
          .withMessageContaining("no member");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedReplicaSet.builder().replicas(-1));
  }
}
