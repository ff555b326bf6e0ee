package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortChooserTest {

  @Test
  void portsAreFreeAndBelowThoseOfOutgoingConnections() throws Exception {
    for (int i = 0; i < 50; i++) {
      int port = PortChooser.choose();
      assertThat(port).isBetween(1_024, 32_767 - 10_000);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(Loopback.at(port));
        assertThat(socket.isBound()).isTrue();
      }
    }
  }

  @Test
  void theBusOfAClusterIsFreeToo() throws Exception {
    for (int i = 0; i < 50; i++) {
      int port = PortChooser.chooseForCluster();
      try (ServerSocket client = new ServerSocket();
          ServerSocket bus = new ServerSocket()) {
        client.bind(Loopback.at(port));
        bus.bind(Loopback.at(port + 10_000));
        assertThat(bus.isBound()).isTrue();
      }
    }
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
    assertThat(PortChooser.isFree(port)).isTrue();
  }

  @Test
  void aDeadServerKeepsItsPort() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      redis.kill();
      assertThat(PortChooser.isFree(redis.port())).isFalse();
    }
  }
}
