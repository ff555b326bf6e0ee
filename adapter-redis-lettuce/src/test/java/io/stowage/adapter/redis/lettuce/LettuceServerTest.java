package io.stowage.adapter.redis.lettuce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
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
import io.stowage.api.Outcome;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import io.stowage.testkit.fault.FaultProxy;
import io.stowage.testkit.fault.Link;
import io.stowage.testkit.fault.LinkHooks;
import io.stowage.testkit.redis.PatientNetwork;
import io.stowage.testkit.redis.RespFrames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One server behind a shared connection, and a few for batches that take their time. */
@Tag("server")
class LettuceServerTest {

  private static final List<RedisCommand> PING = List.of(RedisCommand.keyless("PING"));

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ServerConnector connector(NetworkSettings network) {
    return new LettuceConnector(
        ConnectionSettings.of("redis://unused").withClientName("shared").withNetwork(network),
        Optional.empty());
  }

  private static ServerTarget target(EmbeddedRedis server) {
    return new ServerTarget(new ServerAddress(server.host(), server.port()), null, 0, false);
  }

  private static Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(30));
  }

  @Test
  void oneConnectionIsWarmedUpAndHasAName() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        ServerConnector connector = connector(PatientNetwork.SETTINGS);
        ServerConnection server = connector.connect(target(redis))) {
      server.warmUp(3);
      RedisCommand list = RedisCommand.keyless("CLIENT", ascii("LIST"));
      Reply reply = server.send(List.of(list), deadline()).await().get(0);
      assertThat(Replies.text(reply).lines().filter(line -> line.contains("name=shared")))
          .hasSize(1);
    }
  }

  /** {@code WAIT} for a replica that does not exist holds its connection up until it gives up. */
  @Test
  void batchThatTakesItsTimeHoldsNobodyUp() {
    List<RedisCommand> slow = List.of(RedisCommand.keyless("WAIT", ascii("1"), ascii("60000")));
    RedisCommand clients =
        RedisCommand.keyless("CLIENT", ascii("LIST"), ascii("TYPE"), ascii("normal"));
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        ServerConnector connector = connector(PatientNetwork.SETTINGS.withPoolSize(1));
        ServerConnection server = connector.connect(target(redis))) {
      server.warmUp(1);
      PendingReplies pending = server.sendAlone(slow, Deadline.in(Duration.ofMinutes(2)));
      assertThat(server.send(PING, deadline()).await()).hasSize(1);
      AdapterException failure =
          catchThrowableOfType(
              AdapterException.class,
              () -> server.sendAlone(PING, Deadline.in(Duration.ofMillis(50))));
      assertThat(failure).hasMessageContaining("all 1 connections");
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      String id =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () ->
                      blockedClient(
                          Replies.text(server.send(List.of(clients), deadline()).await().get(0))),
                  Optional::isPresent)
              .orElseThrow();
      RedisCommand unblock = RedisCommand.keyless("CLIENT", ascii("UNBLOCK"), ascii(id));
      assertThat(server.send(List.of(unblock), deadline()).await())
          .isEqualTo(List.of(new Reply.Int(1)));
      assertThat(pending.await()).isEqualTo(List.of(new Reply.Int(0)));
      assertThat(server.sendAlone(PING, deadline()).await()).hasSize(1);
    }
  }

  /** The server goes on waiting for replicas; whoever takes the connection would wait with it. */
  @Test
  void interruptedBatchHoldsUpNobodyAfterIt() throws Exception {
    List<RedisCommand> slow = List.of(RedisCommand.keyless("WAIT", ascii("1"), ascii("60000")));
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        ServerConnector connector = connector(PatientNetwork.SETTINGS.withPoolSize(1));
        ServerConnection server = connector.connect(target(redis))) {
      CountDownLatch isSent = new CountDownLatch(1);
      FutureTask<AdapterException> interrupted =
          new FutureTask<>(
              () -> {
                PendingReplies pending = server.sendAlone(slow, Deadline.in(Duration.ofMinutes(2)));
                isSent.countDown();
                return catchThrowableOfType(AdapterException.class, pending::await);
              });
      Thread thread = new Thread(interrupted);
      thread.start();
      assertThat(isSent.await(30, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();
      AdapterException failure = interrupted.get(30, TimeUnit.SECONDS);
      assertThat(failure).hasMessageContaining("interrupted");
      assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
      assertThat(server.sendAlone(PING, deadline()).await()).hasSize(1);
    }
  }

  /** Keeps back what the server answers on one connection. */
  private static final class Holding implements LinkHooks {

    private final AtomicReference<@Nullable Link> held = new AtomicReference<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holdsNext;

    @Override
    public void onReply(Link link, byte[] frame) throws IOException, InterruptedException {
      if (holdsNext) {
        held.compareAndSet(null, link);
      }
      if (link.equals(held.get())) {
        released.await();
      }
      link.toClient(frame);
    }
  }

  private static FaultProxy before(EmbeddedRedis redis, LinkHooks hooks) throws IOException {
    return FaultProxy.start(
        List.of(new InetSocketAddress(redis.host(), redis.port())), new RespFrames(), hooks);
  }

  private static ServerTarget target(FaultProxy proxy) {
    return new ServerTarget(
        new ServerAddress("127.0.0.1", proxy.addresses().get(0).getPort()), null, 0, false);
  }

  private static AdapterException late(PendingReplies pending) {
    AdapterException failure = catchThrowableOfType(AdapterException.class, pending::await);
    assertThat(failure).hasMessageContaining("did not answer within");
    return failure;
  }

  /** Who waits for an answer behind one that is late gets it. */
  @Test
  void lateAnswerIsThrownAwayAndEndsNoConnection() throws Exception {
    Holding hooks = new Holding();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        FaultProxy proxy = before(redis, hooks);
        ServerConnector connector = connector(PatientNetwork.SETTINGS);
        ServerConnection server = connector.connect(target(proxy))) {
      server.warmUp(1);
      hooks.holdsNext = true;
      PendingReplies first = server.send(PING, Deadline.in(Duration.ofMillis(300)));
      PendingReplies second = server.send(List.of(echo("second")), deadline());
      assertThat(late(first).outcome()).isEqualTo(Outcome.UNKNOWN);
      PendingReplies third = server.send(List.of(echo("third")), deadline());
      hooks.released.countDown();
      assertThat(Replies.text(second.await().get(0))).isEqualTo("second");
      assertThat(Replies.text(third.await().get(0))).isEqualTo("third");
      assertThat(proxy.links()).hasSize(1);
    }
  }

  private static RedisCommand echo(String text) {
    return RedisCommand.keyless("ECHO", ascii(text));
  }

  @Test
  void connectionThatIsSilentAsAWholeIsGivenUp() throws Exception {
    Holding hooks = new Holding();
    NetworkSettings network = PatientNetwork.SETTINGS.withCommandTimeout(Duration.ofMillis(200));
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        FaultProxy proxy = before(redis, hooks);
        ServerConnector connector = connector(network);
        ServerConnection server = connector.connect(target(proxy))) {
      server.warmUp(1);
      hooks.holdsNext = true;
      PendingReplies first = server.send(PING, Deadline.in(Duration.ofMillis(300)));
      assertThat(late(first).outcome()).isEqualTo(Outcome.UNKNOWN);
      Reply second = server.send(List.of(echo("second")), deadline()).await().get(0);
      assertThat(Replies.text(second)).isEqualTo("second");
      hooks.released.countDown();
    }
  }

  private static Optional<String> blockedClient(String clients) {
    return clients
        .lines()
        .filter(client -> client.contains("cmd=wait"))
        .map(client -> client.replaceFirst("^id=(\\d+) .*$", "$1"))
        .findFirst();
  }

  /** Half a batch would be a record without its index entries. */
  @Test
  void batchesBeyondTheLimitAreRefusedAsAWhole() {
    RedisCommand counting = RedisCommand.keyless("INCR", ascii("counter"));
    List<RedisCommand> batch = Collections.nCopies(1_000, counting);
    Deadline patient = Deadline.in(Duration.ofSeconds(30));
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        ServerConnector connector = connector(PatientNetwork.SETTINGS);
        ServerConnection server = connector.connect(target(redis))) {
      server.warmUp(1);
      List<PendingReplies> accepted = new ArrayList<>();
      AdapterException refusal = null;
      redis.freeze();
      while (refusal == null) {
        assertThat(accepted).hasSizeLessThan(100);
        try {
          accepted.add(server.send(batch, patient));
        } catch (AdapterException e) {
          refusal = e;
        }
      }
      redis.thaw();

      assertThat(refusal).hasMessageContaining("under way");
      assertThat(refusal.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(refusal.isTransient()).isTrue();
      assertThat(accepted).hasSize(SharedConnection.MAX_UNDER_WAY / batch.size());
      accepted.forEach(PendingReplies::await);
      Reply after = server.send(List.of(counting), patient).await().get(0);
      assertThat(after).isEqualTo(new Reply.Int(accepted.size() * (long) batch.size() + 1));
    }
  }

  @Test
  void settingsReachTheSocket() {
    NetworkSettings network =
        PatientNetwork.SETTINGS
            .withKeepAlive(Duration.ofSeconds(21))
            .withTcpUserTimeout(Duration.ofSeconds(5));
    ClientOptions options = LettuceOptions.of(network, Optional.empty());
    SocketOptions socket = options.getSocketOptions();
    assertThat(socket.getKeepAlive().isEnabled()).isTrue();
    assertThat(socket.getKeepAlive().getIdle()).isEqualTo(Duration.ofSeconds(21));
    assertThat(socket.getKeepAlive().getInterval()).isEqualTo(Duration.ofSeconds(7));
    assertThat(socket.getTcpUserTimeout().getTcpUserTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.isAutoReconnect()).isFalse();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        ServerConnector connector = connector(network);
        ServerConnection server = connector.connect(target(redis))) {
      assertThat(server.send(PING, deadline()).await()).hasSize(1);
    }
  }
}
