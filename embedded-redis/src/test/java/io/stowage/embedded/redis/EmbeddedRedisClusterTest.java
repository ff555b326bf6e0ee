package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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
class EmbeddedRedisClusterTest {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Where no failover is meant: longer than any pause of a busy machine. */
  private static final Duration ENDLESS = Duration.ofMinutes(2);

  /** Where failovers are waited for, and no replica may take over but when it is told so. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private static final String ALL = "io.stowage.embedded.redis.TestBinaries#all";

  private static EmbeddedRedis otherMaster(EmbeddedRedisCluster cluster, EmbeddedRedis than) {
    return cluster.masters().stream().filter(master -> master != than).findFirst().orElseThrow();
  }

  /** The reply, or the error that it is. */
  private static String errorOf(EmbeddedRedis server, String... words) {
    try {
      return "answered " + server.ask(words);
    } catch (RespException e) {
      return String.valueOf(e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void isWholeWhenItStarts(RedisBinary binary) throws Exception {
    try (EmbeddedRedisCluster cluster =
        EmbeddedRedisCluster.builder().binary(binary).nodeTimeout(ENDLESS).start()) {
      List<EmbeddedRedis> members = cluster.members();
      assertThat(members).hasSize(6).allMatch(EmbeddedRedis::isRunning);
      assertThat(cluster.uri())
          .startsWith("redis-cluster://127.0.0.1:" + members.get(0).port() + ",127.0.0.1:")
          .endsWith("," + members.get(5).address());
      assertThat(cluster.masters()).containsExactlyElementsOf(members.subList(0, 3));
      assertThat(cluster.replicas()).containsExactlyElementsOf(members.subList(3, 6));
      for (EmbeddedRedis master : cluster.masters()) {
        assertThat(cluster.replicasOf(master)).containsExactly(cluster.replicaOf(master));
        assertThat(master.ask("INFO", "replication")).contains("state=online");
      }
      assertThat(IntStream.of(0, 5_461, 16_383).mapToObj(cluster::masterOf))
          .doesNotHaveDuplicates();
      assertThat(cluster.slotOf("foo")).isEqualTo(12_182);
      assertThat(cluster.slotOf("a{foo}b")).isEqualTo(12_182);
      EmbeddedRedis owner = cluster.masterOf("foo");
      assertThat(owner.ask("SET", "foo", "1")).isEqualTo("OK");
      assertThat(owner.ask("WAIT", "1", "15000")).isEqualTo("1");
      assertThat(errorOf(otherMaster(cluster, owner), "GET", "foo"))
          .isEqualTo("MOVED 12182 " + owner.address());
      assertThat(cluster.toString()).contains(owner.address());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void movesASlotStepByStepAndAtOnce(RedisBinary binary) throws Exception {
    try (EmbeddedRedisCluster cluster =
        EmbeddedRedisCluster.builder()
            .binary(binary)
            .replicasPerMaster(0)
            .nodeTimeout(ENDLESS)
            .start()) {
      EmbeddedRedis source = cluster.masterOf("foo");
      EmbeddedRedis target = otherMaster(cluster, source);
      EmbeddedRedis third =
          cluster.masters().stream().filter(m -> m != source && m != target).findFirst().get();
      int slot = cluster.slotOf("foo");
      for (int i = 0; i < 250; i++) {
        source.command("SET", "{foo}" + i, "value " + i, "PX", "600000");
      }
      SlotMove move = cluster.beginSlotMove(slot, target);
      assertThat(move.source()).isSameAs(source);
      assertThat(move.target()).isSameAs(target);
      assertThat(move.slot()).isEqualTo(slot);
      assertThat(errorOf(source, "SET", "{foo}new", "1"))
          .isEqualTo("ASK " + slot + " " + target.address());
      assertThat(errorOf(target, "GET", "{foo}new"))
          .isEqualTo("MOVED " + slot + " " + source.address());
      assertThat(move.moveKeys(50)).isEqualTo(50);
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 250; i++) {
        answers.add(errorOf(source, "GET", "{foo}" + i));
      }
      assertThat(answers)
          .filteredOn(answer -> answer.equals("ASK " + slot + " " + target.address()))
          .hasSize(50);
      assertThat(answers).filteredOn(answer -> answer.startsWith("answered value")).hasSize(200);
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .as("a slot on its way is not stable")
          .isThrownBy(() -> cluster.awaitStable(Duration.ofMillis(50)))
          .withMessageContaining("is being moved");

      move.finish();

      cluster.awaitStable(LIMIT);
      assertThat(cluster.masterOf(slot)).isSameAs(target);
      assertThat(move.moveKeys(1)).isZero();
      for (int i = 0; i < 250; i++) {
        assertThat(target.ask("GET", "{foo}" + i)).isEqualTo("value " + i);
      }
      assertThat(Long.parseLong(target.ask("PTTL", "{foo}0"))).isBetween(1L, 600_000L);
      for (EmbeddedRedis other : List.of(source, third)) {
        assertThat(errorOf(other, "GET", "{foo}0"))
            .isEqualTo("MOVED " + slot + " " + target.address());
      }

      cluster.moveSlot(slot, third);
      cluster.moveSlot(slot, third);

      cluster.awaitStable(LIMIT);
      assertThat(cluster.masterOf(slot)).isSameAs(third);
      assertThat(third.ask("CLUSTER", "COUNTKEYSINSLOT", "" + slot)).isEqualTo("250");
      assertThatIllegalArgumentException().isThrownBy(() -> cluster.beginSlotMove(slot, third));
    }
  }

  @ParameterizedTest
  @Tag("full")
  @MethodSource(ALL)
  void followsItsMembersThroughFailures(RedisBinary binary) throws Exception {
    try (EmbeddedRedisCluster cluster =
        EmbeddedRedisCluster.builder()
            .binary(binary)
            .nodeTimeout(SILENCE)
            .setting("cluster-replica-no-failover", "yes")
            .startupTimeout(LIMIT)
            .start()) {
      EmbeddedRedis first = cluster.masterOf("foo");
      EmbeddedRedis second = cluster.replicaOf(first);
      first.command("SET", "foo", "1");

      cluster.failOver(second);
      assertThat(cluster.masterOf("foo")).as("handed over in order").isSameAs(second);
      assertThat(cluster.replicasOf(second)).containsExactly(first);
      awaitFoo(second);
      cluster.failOver(second);

      second.kill();
      assertThat(cluster.replicasOf(second)).containsExactly(first);
      allowFailover(first, true);
      cluster.awaitStable(LIMIT);
      assertThat(cluster.masterOf("foo")).as("taken over from a dead one").isSameAs(first);
      assertThat(cluster.masters()).hasSize(3).doesNotContain(second);
      assertThatIllegalStateException().isThrownBy(() -> cluster.failOver(second));
      second.restart();
      cluster.awaitStable(LIMIT);
      assertThat(cluster.replicasOf(first)).containsExactly(second);
      awaitFoo(first);

      first.kill();
      assertThatIllegalStateException()
          .isThrownBy(() -> cluster.masterOf("foo"))
          .withMessageContaining("12182");
      cluster.failOver(second);
      assertThat(cluster.masterOf("foo")).as("forced").isSameAs(second);
      first.restart();
      cluster.awaitStable(LIMIT);

      allowFailover(first, true);
      second.freeze();
      assertThat(second.isFrozen()).isTrue();
      assertThat(second.isRunning()).isTrue();
      cluster.awaitStable(LIMIT);
      assertThat(cluster.masterOf("foo")).as("taken over from a frozen one").isSameAs(first);
      second.thaw();
      assertThat(second.isFrozen()).isFalse();
      cluster.awaitStable(LIMIT);
      assertThat(cluster.replicas()).hasSize(3).contains(second);
      assertThat(second.ask("CLUSTER", "NODES")).contains("myself,slave");
    }
  }

  /** Waits for a member that may take the Cluster for incomplete after a pause of the machine. */
  private static void awaitFoo(EmbeddedRedis member) {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> member.ask("GET", "foo"), answer -> answer.equals("1"));
  }

  /** Whether a replica may take its master's place by itself, until it is restarted. */
  private static void allowFailover(EmbeddedRedis replica, boolean isAllowed) {
    replica.command("CONFIG", "SET", "cluster-replica-no-failover", isAllowed ? "no" : "yes");
  }

  @Test
  void severalStartAtOnceAndClose() throws Exception {
    List<CompletableFuture<EmbeddedRedisCluster>> starts =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> EmbeddedRedisCluster.builder().replicasPerMaster(0).start()))
            .toList();
    List<EmbeddedRedis> members = new ArrayList<>();
    for (CompletableFuture<EmbeddedRedisCluster> start : starts) {
      try (EmbeddedRedisCluster cluster = start.get()) {
        assertThat(cluster.masters()).hasSize(3);
        members.addAll(cluster.members());
      }
    }
    assertThat(members.stream().map(EmbeddedRedis::port)).doesNotHaveDuplicates().hasSize(9);
    assertThat(members).noneMatch(EmbeddedRedis::isRunning);
    assertThat(members).allSatisfy(m -> assertThat(m.dataDirectory()).doesNotExist());
  }

  @Test
  void oneMasterIsAClusterToo() {
    try (EmbeddedRedisCluster cluster =
        EmbeddedRedisCluster.builder()
            .masters(1)
            .replicasPerMaster(2)
            .nodeTimeout(Duration.ofSeconds(2))
            .start()) {
      EmbeddedRedis master = cluster.masterOf(0);
      assertThat(cluster.masters()).containsExactly(master);
      assertThat(cluster.replicasOf(master)).hasSize(2);
      assertThat(new HashSet<>(cluster.members())).hasSize(3);
      assertThat(master.command("CONFIG", "GET", "cluster-node-timeout")).endsWith("2000");
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aPortWhoseBusIsTakenIsReplaced(RedisBinary binary) throws Exception {
    int taken = PortChooser.chooseForCluster();
    try (ServerSocket squatter = PortChooserTest.listenOn(taken + 10_000)) {
      assertThat(squatter.isBound()).isTrue();
      Deque<Integer> proposals = new ArrayDeque<>(List.of(taken));
      try (EmbeddedRedis node =
          EmbeddedRedis.builder()
              .binary(binary)
              .setting("cluster-enabled", "yes")
              .freePorts(
                  () -> proposals.isEmpty() ? PortChooser.chooseForCluster() : proposals.remove())
              .start()) {
        assertThat(node.port()).isNotEqualTo(taken);
        assertThat(proposals).isEmpty();
      }
    }
  }

  @Test
  void saysWhyItDoesNotStart() {
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(
            () -> EmbeddedRedisCluster.builder().setting("maxmemory-policy", "no-such").start())
        .withMessageContaining("no-such");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster-enabled", "cluster-node-timeout", "replicaof", "masterauth"})
  void refusesSettingsThatItDecidesOn(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRedisCluster.builder().setting(name, "x"))
        .withMessageContaining(name);
  }

  @Test
  void refusesSizesAndTimesThatMakeNoCluster() {
    EmbeddedRedisCluster.Builder builder = EmbeddedRedisCluster.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.masters(0))
        .withMessageContaining("masters is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.replicasPerMaster(-1))
        .withMessageContaining("replicasPerMaster is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.nodeTimeout(Duration.ZERO))
        .withMessageContaining("nodeTimeout");
  }
}
