package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class DockerDaemonTest {

  @TempDir Path directory;

  private static String obstacle(String dockerHost) {
    return new DockerDaemon(Map.of("DOCKER_HOST", dockerHost)).obstacle();
  }

  @Test
  void aSocketThatIsNotThere() {
    assertThat(obstacle("unix://" + directory.resolve("none"))).contains("no daemon answers");
  }

  @Test
  void aFileThatIsNoSocket() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(obstacle("unix://" + file)).contains("no daemon answers");
  }

  @Test
  void aSocketNobodyListensOn() throws Exception {
    Path socket = directory.resolve("stale.sock");
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close();
    // A process that another test starts meanwhile keeps the socket until it has closed all that it
    // inherited.
    await()
        .pollDelay(Duration.ZERO)
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(obstacle("unix://" + socket)).contains("no daemon answers"));
  }

  @Test
  void aDaemonElsewhereCannotSeeTheData() {
    assertThat(obstacle("tcp://127.0.0.1:2375")).contains("tcp://127.0.0.1:2375", "no local");
  }

  @Test
  void aSocketThatAnswers() throws Exception {
    Path socket = directory.resolve("docker.sock");
    try (ServerSocketChannel daemon = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      daemon.bind(UnixDomainSocketAddress.of(socket));
      assertThat(obstacle("unix://" + socket)).isNull();
    }
  }
}
