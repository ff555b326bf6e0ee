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
}
