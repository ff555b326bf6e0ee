package io.stowage.system.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stowage.embedded.redis.RespConnection;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That the proxy finds out clients that wait where they should not. */
@Tag("server")
class RoundTripProxyTest {

  @RegisterExtension static final RedisServer REDIS = RedisServer.bundled();

  /** What is kept back does not come, however long one waits. */
  private static final Duration IN_VAIN = Duration.ofMillis(200);

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private RoundTripProxy proxy;
  private RespConnection client;

  @BeforeEach
  void connect() throws IOException {
    proxy = RoundTripProxy.before(REDIS.port());
    client = RespConnection.open("127.0.0.1", URI.create(proxy.uri()).getPort(), LIMIT);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
  }

  private void send(int commands) throws IOException {
    List<byte[]> command = List.of("TIME".getBytes(StandardCharsets.US_ASCII));
    client.send(Collections.nCopies(commands, command));
  }

  private void read(int replies) throws IOException {
    for (int i = 0; i < replies; i++) {
      assertThat(client.read()).isInstanceOf(List.class);
    }
  }

  private void assertKeptBack() throws IOException {
    client.readTimeout(IN_VAIN);
    assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(client::read);
    client.readTimeout(LIMIT);
  }

  @Test
  void aClientThatDoesNotWaitGetsItsReplies() throws IOException {
    proxy.expect(List.of(3, 1));
    assertThat(client.call("PING")).as("does not count").isEqualTo("PONG");
    send(2);
    send(1);
    read(3);
    send(1);
    read(1);
    assertThat(proxy.finish()).containsExactly(3, 1);
    send(1);
    read(1);
  }

  @Test
  void aClientThatWaitsInTheMiddleWaitsInVain() throws IOException {
    proxy.expect(List.of(3));
    send(2);
    assertKeptBack();
    assertThat(proxy.finish()).containsExactly(2);
    read(2);
  }

  @Test
  void whatFollowsTheLastRoundTripIsNotAnsweredBeforeTheEnd() throws IOException {
    proxy.expect(List.of(1));
    send(1);
    read(1);
    send(2);
    assertKeptBack();
    assertThat(proxy.finish()).containsExactly(1);
    read(2);
  }
}
