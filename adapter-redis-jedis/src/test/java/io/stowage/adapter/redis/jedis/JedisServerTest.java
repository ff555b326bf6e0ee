package io.stowage.adapter.redis.jedis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.PendingReplies;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.adapter.redis.common.topology.ServerConnection;
import io.stowage.adapter.redis.common.topology.ServerConnector;
import io.stowage.adapter.redis.common.topology.ServerTarget;
import io.stowage.api.NetworkSettings;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import io.stowage.testkit.redis.PatientNetwork;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the settings of the network do to a pool of connections. */
@Tag("server")
class JedisServerTest {

  private static final RedisCommand CLIENT_LIST =
      RedisCommand.keyless("CLIENT", "LIST".getBytes(StandardCharsets.US_ASCII));
  private static final List<RedisCommand> PING = List.of(RedisCommand.keyless("PING"));

  private static ServerConnector connector(NetworkSettings network) {
    return new JedisConnector(
        ConnectionSettings.of("redis://unused").withClientName("pooled").withNetwork(network),
        Optional.empty());
  }

  private static ServerTarget target(EmbeddedRedis server) {
    return new ServerTarget(new ServerAddress(server.host(), server.port()), null, 0, false);
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  @Test
  void warmConnectionsAreOpenedAndHaveAName() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        ServerConnector connector = connector(PatientNetwork.SETTINGS.withPoolSize(5));
        ServerConnection server = connector.connect(target(redis))) {
      server.warmUp(9);
      Reply list = server.send(List.of(CLIENT_LIST), deadline()).await().get(0);
      assertThat(Replies.text(list).lines().filter(line -> line.contains("name=pooled")))
          .hasSize(5);
    }
  }

  @Test
  void noMoreConnectionsAreOpenedThanThePoolHolds() {
    NetworkSettings network =
        NetworkSettings.defaults().withConnectTimeout(Duration.ofSeconds(5)).withPoolSize(1);
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        ServerConnector connector = connector(network);
        ServerConnection server = connector.connect(target(redis))) {
      PendingReplies pending = server.send(PING, deadline());
      assertThatThrownBy(() -> server.send(PING, deadline()))
          .isInstanceOf(AdapterException.class)
          .hasMessageContaining("all 1 connections to Redis at 127.0.0.1:" + redis.port());
      assertThat(pending.await()).hasSize(1);
      assertThat(server.send(PING, deadline()).await()).hasSize(1);
    }
  }

  @Test
  void operatingSystemProbesIdleConnections() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        Socket socket =
            new SocketFactory(
                    new ServerAddress("localhost", redis.port()),
                    PatientNetwork.SETTINGS.withKeepAlive(Duration.ofSeconds(21)),
                    Optional.empty(),
                    deadline())
                .createSocket()) {
      assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(21);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(7);
    }
  }

  @Test
  void whatTheSocketsOfTheJdkCannotDoIsRefused() {
    NetworkSettings network = NetworkSettings.defaults().withTcpUserTimeout(Duration.ofSeconds(5));
    assertThatThrownBy(() -> connector(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tcpUserTimeout is PT5S")
        .hasMessageContaining("allowed is empty");
  }
}
