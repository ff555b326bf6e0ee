package io.stowage.adapter.redis.common.topology;

import static io.stowage.adapter.redis.common.topology.Deployment.address;
import static io.stowage.adapter.redis.common.topology.Deployment.command;
import static io.stowage.adapter.redis.common.topology.Deployment.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stowage.adapter.redis.common.KeyPage;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedReplicaSet;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ScanPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Standalone servers, with replicas and without, and what is not what the URI says. */
@Tag("one-jdk")
@Tag("server")
class SingleNodeTest {

  private static final Duration COMMAND = Duration.ofSeconds(30);

  private static Set<String> fill(Deployment redis, int count) {
    Set<String> keys = new TreeSet<>();
    List<RedisCommand> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add("key" + i);
      batch.add(command("SET", "key" + i, "x"));
    }
    assertThat(redis.call(batch)).containsOnly("OK");
    return keys;
  }

  @Test
  void scanBeginsAnewAfterARestart() {
    try (EmbeddedRedis server = EmbeddedRedis.builder().appendOnly().start();
        Deployment redis = Deployment.open(server.uri(), COMMAND)) {
      Set<String> keys = fill(redis, 500);
      int[] steps = {0};
      Set<String> found =
          redis.scan(
              "key",
              10,
              () -> {
                if (steps[0]++ == 25) {
                  server.restart();
                }
              });
      assertThat(found).isEqualTo(keys);
      assertThat(steps[0]).isGreaterThan(60);
    }
  }

  @Test
  void scanGoesOnThroughAnotherConnectionAndWithoutTheRightToAskForTheRun() {
    try (EmbeddedRedis server =
            EmbeddedRedis.builder().user("app", "pw", "~*", "+@all", "-info").start();
        Deployment redis = Deployment.open(server.uri("app"), COMMAND);
        Deployment other = Deployment.open(server.uri("app"), COMMAND)) {
      Set<String> keys = fill(redis, 200);
      Set<String> found = new TreeSet<>();
      String position = ScanPage.START;
      for (boolean turn = true; position != null; turn = !turn) {
        KeyPage page = (turn ? redis : other).connection.scan(position, utf8("*"), 20);
        page.keys().forEach(key -> found.add(new String(key, StandardCharsets.UTF_8)));
        position = page.next();
      }
      assertThat(found).isEqualTo(keys);
      assertThatThrownBy(() -> redis.connection.scan("no position", utf8("*"), 1))
          .isInstanceOf(AdapterException.class)
          .hasMessageContaining("position 'no position'")
          .hasMessageContaining("SCAN");
    }
  }

  @Test
  void replicasAnswerStaleReadsAndConfirmWrites() {
    try (EmbeddedReplicaSet servers = EmbeddedReplicaSet.builder().replicas(2).start();
        Deployment redis = Deployment.open(servers.uri(), COMMAND, Duration.ofMillis(100))) {
      assertThat(
              redis
                  .connection
                  .execute(List.of(command("SET", "k", "1")), Durability.replicas(2, COMMAND))
                  .replicas())
          .isEqualTo(2);
      redis.client.sent();
      List<RedisCommand> read = List.of(command("GET", "k"));
      for (int i = 0; i < 4; i++) {
        assertThat(Deployment.text(redis.connection.executeStale(read).get(0))).isEqualTo("1");
      }
      assertThat(redis.client.sent())
          .filteredOn(sent -> sent.commands().toString().contains("GET"))
          .extracting(SocketConnector.Sent::to)
          .containsExactlyInAnyOrder(
              address(servers.replicas().get(0)),
              address(servers.replicas().get(0)),
              address(servers.replicas().get(1)),
              address(servers.replicas().get(1)));
      servers.replicas().forEach(EmbeddedRedis::kill);
      await()
          .atMost(COMMAND)
          .ignoreException(AdapterException.class)
          .until(() -> Deployment.text(redis.connection.executeStale(read).get(0)).equals("1"));
      assertThat(redis.connection.onEveryServer(List.of(RedisCommand.keyless("PING"))))
          .anyMatch(replies -> replies.address().equals(address(servers.master()).toString()));
    }
  }

  @Test
  void standaloneServerIsNoCluster() {
    try (EmbeddedRedis server = EmbeddedRedis.start()) {
      AdapterException failure =
          catchThrowableOfType(
              AdapterException.class,
              () -> Deployment.open(server.uri().replace("redis:", "redis-cluster:"), COMMAND));
      assertThat(failure)
          .hasMessageContaining(address(server) + " cannot be used as a Cluster")
          .hasMessageContaining("cluster support disabled");
      assertThat(failure.isTransient()).isFalse();
    }
  }

  @Test
  void nobodyAtTheAddressIsUnavailable() {
    EmbeddedRedis server = EmbeddedRedis.start();
    server.close();
    for (String scheme : List.of("redis-cluster://", "redis-sentinel://")) {
      AdapterException failure =
          catchThrowableOfType(
              AdapterException.class,
              () ->
                  Deployment.open(
                      scheme + address(server) + (scheme.startsWith("redis-s") ? "/m" : ""),
                      Duration.ofMillis(300)));
      assertThat(failure).hasMessageContaining(address(server).toString());
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(failure.isTransient()).isTrue();
    }
  }

  @Test
  void masterThatNoSentinelKnowsIsRefusedByName() {
    try (EmbeddedSentinel sentinel =
        EmbeddedSentinel.builder()
            .replicas(1)
            .sentinels(3)
            .downAfter(Duration.ofMinutes(2))
            .start()) {
      String uri = sentinel.uri().replace("/" + sentinel.masterName(), "/nobody");
      AdapterException failure =
          catchThrowableOfType(AdapterException.class, () -> Deployment.open(uri, COMMAND));
      assertThat(failure).hasMessageContaining("knows no master 'nobody'");
      assertThat(failure.isTransient()).isFalse();
    }
  }
}
