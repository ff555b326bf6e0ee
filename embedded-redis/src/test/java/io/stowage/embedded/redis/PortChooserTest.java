package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortChooserTest {

  /** Others on the machine choose ports too: one or another may be taken meanwhile. */
  private static final int MOST_TAKEN = 2;

  private static boolean isTaken(int... ports) throws IOException {
    try (ServerSocket first = new ServerSocket();
        ServerSocket last = new ServerSocket()) {
      first.bind(Loopback.at(ports[0]));
      if (ports.length > 1) {
        last.bind(Loopback.at(ports[1]));
      }
      return false;
    } catch (BindException e) {
      return true;
    }
  }

  @Test
  void portsAreFreeAndBelowThoseOfOutgoingConnections() throws Exception {
    int taken = 0;
    for (int i = 0; i < 50; i++) {
      int port = PortChooser.choose();
      assertThat(port).isBetween(1_024, 32_767 - 10_000);
      taken += isTaken(port) ? 1 : 0;
    }
    assertThat(taken).isLessThanOrEqualTo(MOST_TAKEN);
  }

  @Test
  void theBusOfAClusterIsFreeToo() throws Exception {
    int taken = 0;
    for (int i = 0; i < 50; i++) {
      int port = PortChooser.chooseForCluster();
      taken += isTaken(port, port + 10_000) ? 1 : 0;
    }
    assertThat(taken).isLessThanOrEqualTo(MOST_TAKEN);
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
