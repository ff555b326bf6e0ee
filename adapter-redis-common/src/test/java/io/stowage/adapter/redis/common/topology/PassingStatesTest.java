package io.stowage.adapter.redis.common.topology;

import static io.stowage.adapter.redis.common.topology.Deployment.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.api.Outcome;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.EmbeddedReplicaSet;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** States of servers that pass, provoked: what was refused in them was not applied. */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class PassingStatesTest {

  private static final Duration COMMAND = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final RedisCommand LOAD_SWIFTLY =
      RedisCommand.keyless(
          "CONFIG",
          Deployment.utf8("SET"),
          Deployment.utf8("key-load-delay"),
          Deployment.utf8("0"));

  /**
   * What came of a command.
   *
   * @param error empty if it was answered otherwise
   */
  private record Answer(String error, boolean isUnknown) {}

  private static Answer answer(Deployment redis, RedisCommand command) {
    try {
      Reply reply = redis.connection.execute(List.of(command)).get(0);
      String error = reply instanceof Reply.Failure failure ? transientError(failure.text()) : "";
      return new Answer(error, false);
    } catch (AdapterException e) {
      assertThat(e.isTransient()).as(e.getMessage()).isTrue();
      return new Answer(String.valueOf(e.getMessage()), e.outcome() == Outcome.UNKNOWN);
    }
  }

  private static String error(Deployment redis, RedisCommand command) {
    return answer(redis, command).error();
  }

  private static String transientError(String text) {
    assertThat(ReplyErrors.isTransient(text)).as(text).isTrue();
    return text;
  }

  @Test
  void serverThatIsLoadingAnswersNothingWrong() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (EmbeddedRedis server =
            EmbeddedRedis.builder()
                .setting("key-load-delay", "20000")
                .setting("loading-process-events-interval-bytes", "1024")
                .start();
        Deployment redis = Deployment.open(server.uri(), COMMAND)) {
      List<RedisCommand> writes = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        writes.add(command("SET", "k" + i, "x".repeat(100)));
      }
      redis.connection.execute(writes);
      assertThat(redis.call("SET", "last", "there")).isEqualTo("OK");
      RedisCommand save = RedisCommand.of("SAVE", Deployment.utf8("last"), List.of());
      assertThat(redis.call(List.of(save))).containsExactly("OK");

      server.kill();
      Future<?> restart = thread.submit(server::restart);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> error(redis, command("GET", "last")).startsWith("LOADING"));
      assertThat(redis.call(List.of(LOAD_SWIFTLY))).containsExactly("OK");
      restart.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      await().atMost(PATIENCE).until(() -> error(redis, command("GET", "last")).isEmpty());
      assertThat(redis.call("GET", "last")).isEqualTo("there");
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void clusterThatLacksSlotsAppliesNothing() {
    try (EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.builder().nodeTimeout(Duration.ofSeconds(5)).start();
        Deployment redis = Deployment.open(cluster.uri(), Duration.ofSeconds(2))) {
      EmbeddedRedis lost = cluster.masters().get(0);
      EmbeddedRedis replica = cluster.replicaOf(lost);
      String key =
          IntStream.range(0, 100)
              .mapToObj(i -> "k" + i)
              .filter(k -> cluster.masterOf(k) != lost)
              .findFirst()
              .orElseThrow();
      Increments increments = new Increments(redis, key);
      replica.kill();
      lost.kill();

      await().atMost(PATIENCE).until(() -> increments.another().contains("CLUSTERDOWN"));
      lost.restart();
      replica.restart();
      await().atMost(PATIENCE).until(() -> increments.another().isEmpty());
      await().atMost(PATIENCE).until(() -> error(redis, command("GET", key)).isEmpty());
      assertThat(Integer.parseInt(redis.call("GET", key)))
          .isBetween(increments.applied, increments.applied + increments.unknown);
    }
  }

  /** Increments of one key, by what is known of them. */
  private static final class Increments {

    private final Deployment redis;
    private final RedisCommand command;
    private int applied;
    private int unknown;

    Increments(Deployment redis, String key) {
      this.redis = redis;
      this.command = command("INCR", key);
    }

    /** The error that came of another one; empty if it was applied. */
    String another() {
      Answer answer = answer(redis, command);
      applied += answer.error().isEmpty() ? 1 : 0;
      unknown += answer.isUnknown() ? 1 : 0;
      return answer.error();
    }
  }

  @Test
  void replicaWithoutItsMasterRefusesReadsIfItShallNotBeStale() {
    try (EmbeddedReplicaSet servers =
            EmbeddedReplicaSet.builder()
                .replicas(1)
                .setting("replica-serve-stale-data", "no")
                .start();
        Deployment replica = Deployment.open(servers.replicas().get(0).uri(), COMMAND)) {
      assertThat(replica.call("GET", "k")).isEqualTo("nil");

      servers.master().kill();

      await()
          .atMost(PATIENCE)
          .until(() -> error(replica, command("GET", "k")).startsWith("MASTERDOWN"));
    }
  }
}
