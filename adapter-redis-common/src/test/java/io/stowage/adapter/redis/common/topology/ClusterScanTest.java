package io.stowage.adapter.redis.common.topology;

import static io.stowage.adapter.redis.common.topology.Deployment.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.SlotMove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A scan of a Cluster misses no key, whatever happens to its slots and masters meanwhile. */
@Tag("one-jdk")
@Tag("server")
@Tag("full")
class ClusterScanTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final EmbeddedRedisCluster cluster =
      EmbeddedRedisCluster.builder().nodeTimeout(Duration.ofMinutes(2)).start();
  private final Set<String> keys = new TreeSet<>();
  private Deployment redis;

  @BeforeEach
  void fill() {
    redis = Deployment.open(cluster.uri(), Duration.ofSeconds(30));
    List<RedisCommand> batch = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      String key = "scan{" + i % 60 + "}" + i;
      keys.add(key);
      batch.add(command("SET", key, "x"));
    }
    assertThat(redis.call(batch)).containsOnly("OK");
  }

  @AfterEach
  void stop() {
    redis.close();
    cluster.close();
  }

  private EmbeddedRedis otherThan(EmbeddedRedis master) {
    return cluster.masters().stream().filter(m -> m != master).findFirst().orElseThrow();
  }

  /** Slots move to and fro as a whole, and some are under way for several steps. */
  @Test
  void findsKeysThatMove() {
    long seed = Long.getLong("stowage.seed", System.nanoTime());
    System.out.println("ClusterScanTest seed " + seed);
    Random random = new Random(seed);
    List<SlotMove> moves = new ArrayList<>();
    int[] steps = {0};
    Runnable disturb =
        () -> {
          if (steps[0]++ > 40) {
            moves.forEach(SlotMove::finish);
            moves.clear();
            return;
          }
          int slot = cluster.slotOf("{" + random.nextInt(60) + "}");
          boolean moving = moves.stream().anyMatch(move -> move.slot() == slot);
          EmbeddedRedis target = otherThan(cluster.masterOf(slot));
          if (!moving && random.nextBoolean()) {
            cluster.moveSlot(slot, target);
          } else if (!moving) {
            moves.add(cluster.beginSlotMove(slot, target));
          }
          Collections.shuffle(moves, random);
          moves.forEach(move -> move.moveKeys(1 + random.nextInt(5)));
          if (moves.size() > 3) {
            moves.remove(0).finish();
          }
        };
    assertThat(redis.scan("scan", 20, disturb)).isEqualTo(keys);
  }

  /** A slot is on its way at each step and at the end of each, so no moment is quiet. */
  @Test
  void endsAlthoughSlotsGoOnMoving() {
    int[] steps = {0};
    Runnable moveAnother =
        () -> {
          int slot = cluster.slotOf("{" + steps[0]++ % 60 + "}");
          cluster.moveSlot(slot, otherThan(cluster.masterOf(slot)));
          assertThat(steps[0]).as("steps of the scan").isLessThan(400);
        };
    assertThat(redis.scan("scan", 20, moveAnother)).isEqualTo(keys);
    System.out.println("ClusterScanTest: " + steps[0] + " steps while slots moved at each");
  }

  /** A move that nobody goes on with must not keep a scan from its end. */
  @Test
  void findsTheKeysOfSlotsThatStayHalfMoved() {
    for (int i = 0; i < 10; i++) {
      int slot = cluster.slotOf("{" + i + "}");
      cluster.beginSlotMove(slot, otherThan(cluster.masterOf(slot))).moveKeys(3);
    }
    assertThat(redis.scan("scan", 20, () -> {})).isEqualTo(keys);
  }

  /** The slot goes to a master that was scanned already, just before its own is. */
  @Test
  void findsKeysThatMoveBehindTheScan() {
    int[] steps = {0};
    Runnable moveAll =
        () -> {
          if (steps[0]++ == 20) {
            EmbeddedRedis scanned =
                cluster.masters().stream().min((a, b) -> id(a).compareTo(id(b))).orElseThrow();
            for (int i = 0; i < 60; i++) {
              cluster.moveSlot(cluster.slotOf("{" + i + "}"), scanned);
            }
          }
        };
    assertThat(redis.scan("scan", 20, moveAll)).isEqualTo(keys);
    assertThat(steps[0]).isGreaterThan(20);
  }

  private static String id(EmbeddedRedis member) {
    try (SocketConnector client = new SocketConnector();
        ServerConnection connection = connection(client, member)) {
      return ask(connection, RedisCommand.keyless("CLUSTER", Deployment.utf8("MYID")));
    }
  }

  /** Such a one has just joined, or is about to leave. */
  @Test
  void endsAlthoughAMasterHasNoSlots() throws Exception {
    try (EmbeddedRedis joining = EmbeddedRedis.builder().setting("cluster-enabled", "yes").start();
        SocketConnector client = new SocketConnector();
        ServerConnection member = connection(client, cluster.masters().get(0))) {
      RedisCommand meet =
          RedisCommand.keyless(
              "CLUSTER",
              Deployment.utf8("MEET"),
              Deployment.utf8(joining.host()),
              Deployment.utf8(String.valueOf(joining.port())));
      assertThat(ask(member, meet)).isEqualTo("OK");
      for (EmbeddedRedis master : cluster.masters()) {
        try (ServerConnection one = connection(client, master)) {
          await().atMost(LIMIT).until(() -> knows(one, joining));
        }
      }
      assertThat(redis.scan("scan", 20, () -> {})).isEqualTo(keys);
    }
  }

  private static boolean knows(ServerConnection member, EmbeddedRedis master) {
    return ask(member, RedisCommand.keyless("CLUSTER", Deployment.utf8("NODES")))
        .lines()
        .anyMatch(
            line ->
                line.contains(":" + master.port() + "@")
                    && line.contains(" master ")
                    && line.contains(" connected"));
  }

  private static ServerConnection connection(SocketConnector client, EmbeddedRedis member) {
    return client.connect(new ServerTarget(Deployment.address(member), null, 0, false));
  }

  private static String ask(ServerConnection member, RedisCommand command) {
    return Deployment.text(
        member.send(List.of(command), Deadline.in(Duration.ofSeconds(30))).await().get(0));
  }

  @Test
  void goesOnAfterAFailover() {
    int[] steps = {0};
    Runnable failOver =
        () -> {
          if (steps[0]++ == 5) {
            for (EmbeddedRedis master : cluster.masters()) {
              cluster.failOver(cluster.replicaOf(master));
            }
          }
        };
    assertThat(redis.scan("scan", 20, failOver)).isEqualTo(keys);
    cluster.awaitStable(LIMIT);
  }
}
