package io.stowage.adapter.redis.common.topology;

import static io.stowage.adapter.redis.common.topology.Deployment.address;
import static io.stowage.adapter.redis.common.topology.Deployment.command;
import static io.stowage.adapter.redis.common.topology.Deployment.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.SlotMove;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where commands go on a Cluster of three masters with a replica each. */
@Tag("one-jdk")
@Tag("server")
class ClusterRoutingTest {

  /** Longer than servers and threads stand still on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static EmbeddedRedisCluster cluster;

  private Deployment redis;

  @BeforeAll
  static void start() {
    cluster = EmbeddedRedisCluster.builder().nodeTimeout(Duration.ofMinutes(2)).start();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void connect() {
    redis = Deployment.open(cluster.uri(), PATIENCE);
    redis.client.sent();
  }

  @AfterEach
  void close() {
    redis.close();
  }

  private static EmbeddedRedis otherThan(EmbeddedRedis master) {
    return cluster.masters().stream().filter(m -> m != master).findFirst().orElseThrow();
  }

  private List<ServerAddress> servers() {
    return redis.client.sent().stream().map(SocketConnector.Sent::to).toList();
  }

  /** Where increments were sent; looks at the topology go out beside them. */
  private List<ServerAddress> incremented() {
    return redis.client.sent().stream()
        .filter(sent -> sent.commands().toString().contains("INCR"))
        .map(SocketConnector.Sent::to)
        .toList();
  }

  @Test
  void batchGoesToEachMasterOnce() {
    List<RedisCommand> batch = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      batch.add(command("SET", "all" + i, "v" + i));
    }
    for (int i = 0; i < 1_000; i++) {
      batch.add(command("GET", "all" + i));
    }
    List<String> replies = redis.call(batch);
    assertThat(replies.subList(0, 1_000)).containsOnly("OK");
    for (int i = 0; i < 1_000; i++) {
      assertThat(replies.get(1_000 + i)).isEqualTo("v" + i);
    }
    assertThat(servers())
        .containsExactlyInAnyOrderElementsOf(
            cluster.masters().stream().map(Deployment::address).toList());
  }

  @Test
  void tellsWhatOneNodeServes() {
    RedisConnection connection = redis.connection;
    assertThat(connection.isSingleNode()).isFalse();
    assertThat(connection.servesTogether(List.of(utf8("{t}a"), utf8("b{t}")))).isTrue();
    assertThat(connection.servesTogether(List.of(utf8("a"), utf8("b")))).isFalse();
  }

  @Test
  void keylessCommandsGoToSomeMaster() {
    assertThat(redis.call(List.of(RedisCommand.keyless("PING")))).containsExactly("PONG");
    assertThat(
            redis.connection.onEveryServer(List.of(RedisCommand.keyless("PING"))).stream()
                .map(RedisConnection.ServerReplies::address))
        .containsExactlyInAnyOrderElementsOf(
            cluster.members().stream().map(m -> address(m).toString()).toList());
  }

  @Test
  void movedIsFollowedAndRemembered() {
    EmbeddedRedis old = cluster.masterOf("moved");
    EmbeddedRedis next = otherThan(old);
    redis.call("SET", "moved", "1");
    cluster.moveSlot(cluster.slotOf("moved"), next);
    redis.client.sent();
    assertThat(redis.call("INCR", "moved")).isEqualTo("2");
    assertThat(incremented()).containsExactly(address(old), address(next));
    assertThat(redis.call("INCR", "moved")).isEqualTo("3");
    assertThat(incremented()).containsExactly(address(next));
  }

  @Test
  void askIsFollowedForEachKeyAndNotRemembered() {
    int slot = cluster.slotOf("{ask}");
    List<RedisCommand> increments = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      redis.call("SET", "{ask}" + i, "0");
    }
    for (int n = 0; n < 3; n++) {
      for (int i = 0; i < 8; i++) {
        increments.add(command("INCR", "{ask}" + i));
      }
    }
    SlotMove move = cluster.beginSlotMove(slot, otherThan(cluster.masterOf(slot)));
    assertThat(move.moveKeys(3)).isEqualTo(3);
    List<String> replies = redis.call(increments);
    for (int n = 0; n < 3; n++) {
      assertThat(replies.subList(8 * n, 8 * n + 8)).as("round %s", n).containsOnly("" + (n + 1));
    }
    redis.client.sent();
    redis.call(increments);
    assertThat(incremented()).startsWith(address(move.source()));
    move.finish();
    assertThat(redis.call("INCR", "{ask}7")).isEqualTo("7");
  }

  @Test
  void tryAgainIsTriedUntilTheMoveIsDone() {
    int slot = cluster.slotOf("{try}");
    redis.call("SET", "{try}1", "a");
    redis.call("SET", "{try}2", "b");
    SlotMove move = cluster.beginSlotMove(slot, otherThan(cluster.masterOf(slot)));
    move.moveKeys(1);
    RedisCommand both = command("MGET", "{try}1", "{try}2");
    try (Deployment impatient = Deployment.open(cluster.uri(), Duration.ofMillis(300))) {
      String answer =
          await()
              .atMost(PATIENCE)
              .ignoreExceptionsMatching(ClusterRoutingTest::isLost)
              .until(() -> impatient.call(List.of(both)).get(0), any -> true);
      assertThat(answer).startsWith("error TRYAGAIN");
    }
    redis.client.afterSending(
        (to, batch) -> {
          if (to.equals(address(move.target()))) {
            redis.client.afterSending((server, commands) -> {});
            move.finish();
          }
        });
    assertThat(redis.call(List.of(both))).containsExactly("[a, b]");
  }

  @Test
  void lostAnswerIsUnknownAndNeverSentAgain() {
    // Answers are awaited in the order of addresses: that of the frozen one comes first.
    EmbeddedRedis master =
        cluster.masters().stream().min(Comparator.comparing(Deployment::address)).orElseThrow();
    String lost = key("lost", master, true);
    try (Deployment impatient = Deployment.open(cluster.uri(), Duration.ofMillis(300))) {
      String other = key("other", master, false);
      assertThat(redis.call(List.of(command("SET", lost, "0"), command("SET", other, "0"))))
          .containsOnly("OK");
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsMatching(ClusterRoutingTest::isLost)
          .until(
              () ->
                  impatient.call(List.of(command("GET", lost), command("GET", other))).size() == 2);
      impatient.client.sent();
      master.freeze();
      AdapterException failure;
      try {
        failure =
            catchThrowableOfType(
                AdapterException.class,
                () -> impatient.call(List.of(command("INCR", lost), command("INCR", other))));
      } finally {
        master.thaw();
      }
      assertThat(failure).hasMessageContaining(address(master).toString());
      assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(impatient.client.sent())
          .filteredOn(sent -> sent.commands().toString().contains("INCR"))
          .hasSize(2);
      cluster.awaitStable(PATIENCE);
      assertThat(redis.call("GET", lost)).isEqualTo("1");
      assertThat(redis.call("GET", other)).isEqualTo("1");
    }
  }

  /** Whether a short time-out was over before the answer came. */
  private static boolean isLost(Throwable failure) {
    return failure instanceof AdapterException e && e.outcome() == Outcome.UNKNOWN;
  }

  /** A key that a master serves, or that it does not. */
  private static String key(String prefix, EmbeddedRedis master, boolean isServed) {
    for (int i = 0; ; i++) {
      if ((cluster.masterOf(prefix + i) == master) == isServed) {
        return prefix + i;
      }
    }
  }

  @Test
  void replicasConfirmInTheSameRoundTrip() {
    List<RedisCommand> writes = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      writes.add(command("SET", "safe" + i, "x"));
    }
    RedisConnection.Confirmed confirmed =
        redis.connection.execute(writes, Durability.replicas(1, PATIENCE));
    assertThat(confirmed.replies()).hasSize(100);
    assertThat(confirmed.replicas()).isEqualTo(1);
    assertThat(redis.client.sent())
        .hasSize(3)
        .allSatisfy(sent -> assertThat(sent.commands()).endsWith("WAIT"));
    assertThat(
            redis
                .connection
                .execute(writes, Durability.replicas(2, Duration.ofMillis(50)))
                .replicas())
        .isEqualTo(1);
  }

  @Test
  void staleReadsGoToReplicasAndToTheMasterIfThereIsNone() {
    redis.call("SET", "stale", "x");
    EmbeddedRedis replica = cluster.replicaOf(cluster.masterOf("stale"));
    List<RedisCommand> read = List.of(command("GET", "stale"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Deployment.text(redis.connection.executeStale(read).get(0)))
                    .isEqualTo("x"));
    assertThat(servers()).contains(address(replica));
    replica.kill();
    try {
      redis.client.sent();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(
              () -> {
                redis.client.sent();
                assertThat(Deployment.text(redis.connection.executeStale(read).get(0)))
                    .isEqualTo("x");
                assertThat(servers()).contains(address(cluster.masterOf("stale")));
              });
    } finally {
      replica.restart();
      cluster.awaitStable(PATIENCE);
    }
  }

  /** A client may keep a connection busy until its answers are awaited. */
  @Test
  void allThatWasSentIsAwaitedAlthoughOneReplicaDoesNotAnswer() {
    List<RedisCommand> reads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      reads.add(command("GET", "awaited" + i));
    }
    try (Deployment impatient =
        Deployment.open(cluster.uri(), Duration.ofMillis(300), Duration.ofMillis(200))) {
      List<EmbeddedRedis> replicas = cluster.masters().stream().map(cluster::replicaOf).toList();
      List<ServerAddress> addresses = replicas.stream().map(Deployment::address).toList();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(
              () -> {
                impatient.client.sent();
                impatient.connection.executeStale(reads);
                return impatient.client.sent().stream()
                    .map(SocketConnector.Sent::to)
                    .toList()
                    .containsAll(addresses);
              });
      EmbeddedRedis first =
          replicas.stream().min(Comparator.comparing(Deployment::address)).orElseThrow();
      first.freeze();
      try {
        AdapterException failure =
            catchThrowableOfType(
                AdapterException.class, () -> impatient.connection.executeStale(reads));
        assertThat(failure).isNotNull();
        assertThat(impatient.client.notAwaited())
            .noneMatch(sent -> sent.commands().toString().contains("GET"));
      } finally {
        first.thaw();
      }
    }
  }
}
