package io.stowage.adapter.redis.common.topology;

import static io.stowage.adapter.redis.common.topology.Deployment.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.EmbeddedReplicaSet;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Masters that die or hand over while threads write. */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class FailoverTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration COMMAND = Duration.ofSeconds(20);

  /** How long a master is silent until it is replaced: longer than most pauses of the machine. */
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /** Threads that write a new key each time, until they are told to end. */
  private static final class Writers {

    private final RedisConnection connection;
    private final Durability durability;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final List<Future<?>> runs = new ArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger applied = new AtomicInteger();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Set<String> notApplied = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unknown = new AtomicInteger();

    /**
     * @param replicas how many there are: with fewer confirmations another one might be promoted
     */
    Writers(RedisConnection connection, int replicas) {
      this.connection = connection;
      this.durability = Durability.replicas(replicas, Duration.ofMillis(100));
      for (int i = 0; i < 4; i++) {
        runs.add(
            threads.submit(
                () -> {
                  while (!ended.get()) {
                    write("written" + next.getAndIncrement());
                  }
                }));
      }
    }

    private void write(String key) {
      try {
        RedisConnection.Confirmed result =
            connection.execute(List.of(command("SET", key, "x")), durability);
        if (result.replies().get(0) instanceof Reply.Failure error) {
          assertThat(ReplyErrors.isTransient(error.text())).as(error.text()).isTrue();
          notApplied.add(key);
        } else {
          applied.incrementAndGet();
          if (result.replicas() >= durability.replicas()) {
            confirmed.add(key);
          }
        }
      } catch (AdapterException e) {
        assertThat(e.isTransient()).as(e.getMessage()).isTrue();
        if (e.outcome() == Outcome.UNKNOWN) {
          unknown.incrementAndGet();
        } else {
          notApplied.add(key);
        }
      }
    }

    void awaitMore() {
      int before = applied.get();
      await().atMost(PATIENCE).until(() -> applied.get() > before + 100);
    }

    /** Waits until enough was confirmed within the short time that a write waits for that. */
    void awaitConfirmed() {
      await().atMost(PATIENCE).until(() -> confirmed.size() > 100);
    }

    void end() throws Exception {
      ended.set(true);
      try {
        for (Future<?> run : runs) {
          run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
    }

    /** What was confirmed is there, and what was not applied is not. */
    void check(Deployment redis) {
      assertThat(confirmed).hasSizeGreaterThan(100);
      for (String key : confirmed) {
        assertThat(redis.call("GET", key)).as(key).isEqualTo("x");
      }
      for (String key : notApplied) {
        assertThat(redis.call("GET", key)).as(key).isEqualTo("nil");
      }
    }
  }

  @Test
  void clusterLosesAMasterAndHandsOverAnother() throws Exception {
    try (EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.builder().nodeTimeout(SILENCE).startupTimeout(PATIENCE).start();
        Deployment redis = Deployment.open(cluster.uri(), COMMAND)) {
      Writers writers = new Writers(redis.connection, 1);
      try {
        writers.awaitMore();
        writers.awaitConfirmed();
        cluster.failOver(cluster.replicaOf(cluster.masters().get(0)));
        writers.awaitMore();
        EmbeddedRedis killed = cluster.masters().get(1);
        killed.kill();
        await()
            .atMost(PATIENCE)
            .until(() -> cluster.masters().size() == 3 && !cluster.masters().contains(killed));
        writers.awaitMore();
        writers.end();
        assertThat(writers.unknown.get()).isLessThan(20);
        writers.check(redis);
        killed.restart();
      } finally {
        writers.end();
      }
    }
  }

  @Test
  void sentinelsHandOverAndReplaceADeadMaster() throws Exception {
    try (EmbeddedSentinel sentinel =
            EmbeddedSentinel.builder().downAfter(SILENCE).startupTimeout(PATIENCE).start();
        Deployment redis = Deployment.open(sentinel.uri(), COMMAND)) {
      Writers writers = new Writers(redis.connection, 2);
      try {
        writers.awaitMore();
        writers.awaitConfirmed();
        sentinel.failOver();
        writers.awaitMore();
        EmbeddedRedis killed = sentinel.master();
        killed.kill();
        writers.awaitMore();
        writers.end();
        assertThat(writers.unknown.get()).isLessThan(20);
        writers.check(redis);
        assertThat(sentinel.master()).isNotEqualTo(killed);
      } finally {
        writers.end();
      }
    }
  }

  /** A master that was demoted refuses writes; the call ends at the new one within its deadline. */
  @Test
  void writeToADemotedMasterIsSentToTheNewOne() {
    try (EmbeddedSentinel sentinel =
            EmbeddedSentinel.builder()
                .downAfter(SILENCE.multipliedBy(2))
                .startupTimeout(PATIENCE)
                .start();
        Deployment redis = Deployment.open(sentinel.uri(), COMMAND)) {
      EmbeddedRedis old = sentinel.master();
      redis.call("SET", "k", "1");
      sentinel.failOver();
      assertThat(sentinel.master()).isNotEqualTo(old);
      await()
          .atMost(PATIENCE)
          .ignoreException(AdapterException.class)
          .until(() -> !redis.call("INCR", "k").startsWith("error"));
      assertThat(Integer.parseInt(redis.call("GET", "k"))).isBetween(2, 3);
    }
  }

  /** The write is there, at the old master and perhaps nowhere else: nobody confirms it. */
  @Test
  void handOverDuringAWaitLeavesTheWriteUnconfirmed() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (EmbeddedReplicaSet servers = EmbeddedReplicaSet.builder().replicas(1).start();
        Deployment redis = Deployment.open(servers.uri(), Duration.ofSeconds(30));
        Deployment observer = Deployment.open(servers.uri(), COMMAND)) {
      Durability unreachable = Durability.replicas(2, Duration.ofSeconds(25));
      Future<RedisConnection.Confirmed> write =
          thread.submit(
              () -> redis.connection.execute(List.of(command("SET", "k", "1")), unreachable));
      await().atMost(COMMAND).until(() -> isWaiting(observer));
      servers.failOver(servers.replicas().get(0));
      RedisConnection.Confirmed result = write.get(60, TimeUnit.SECONDS);
      assertThat(Deployment.text(result.replies().get(0))).isEqualTo("OK");
      assertThat(result.replicas()).isZero();
    } finally {
      thread.shutdownNow();
    }
  }

  private static boolean isWaiting(Deployment observer) {
    return observer.call("INFO", "clients").contains("blocked_clients:1");
  }
}
