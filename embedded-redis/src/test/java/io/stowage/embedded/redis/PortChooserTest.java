package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.BindException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
class PortChooserTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void portsAreFreeAndBelowThoseOfOutgoingConnections() throws Exception {
    for (int i = 0; i < 50; i++) {
      int port = PortChooser.choose();
      assertThat(port).isBetween(1_024, 32_767 - 10_000);
      listenOn(port).close();
    }
  }

  /** Nobody is soon at the port of a server that is gone. */
  @Test
  void aPortIsProposedAgainAfterAllOthers() {
    assertThat(Stream.generate(PortChooser::choose).limit(1_000)).doesNotHaveDuplicates();
  }

  @Test
  void theBusOfAClusterIsFreeToo() throws Exception {
    for (int i = 0; i < 50; i++) {
      int port = PortChooser.chooseForCluster();
      try (ServerSocket client = listenOn(port);
          ServerSocket bus = listenOn(port + 10_000)) {
        assertThat(client.isBound() && bus.isBound()).isTrue();
      }
    }
  }

  /**
   * Listens, if need be a little later: a process that another test starts while a port is tried
   * inherits the listening socket and keeps it until it has closed all that it inherited.
   */
  static ServerSocket listenOn(int port) {
    return await()
        .pollDelay(Duration.ZERO)
        .atMost(LIMIT)
        .ignoreException(BindException.class)
        .until(
            () -> {
              ServerSocket socket = new ServerSocket();
              try {
                socket.bind(Loopback.at(port));
              } catch (BindException e) {
                socket.close();
                throw e;
              }
              return socket;
            },
            ServerSocket::isBound);
  }

  @Test
  void aPortThatIsHeldIsNotProposed() {
    int port = PortChooser.chooseForCluster();
    PortChooser.hold(port);
    try {
      assertThat(PortChooser.isFree(port)).isFalse();
      assertThat(PortChooser.isFree(port + 10_000)).as("its bus").isFalse();
    } finally {
      PortChooser.release(port);
    }
    await()
        .pollDelay(Duration.ZERO)
        .atMost(LIMIT)
        .until(() -> PortChooser.isFree(port)); // see listenOn
  }

  @Test
  void aDeadServerKeepsItsPort() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      redis.kill();
      assertThat(PortChooser.isFree(redis.port())).isFalse();
    }
  }
}
