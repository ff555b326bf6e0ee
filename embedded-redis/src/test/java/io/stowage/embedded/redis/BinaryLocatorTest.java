package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("server")
class BinaryLocatorTest {

  /** Keeps a daemon that the machine may have out of the test. */
  private static final String NO_DOCKER = "unix:///nonexistent/docker.sock";

  @TempDir Path directory;

  private static RedisBinary detect(Map<String, String> environment) {
    return new BinaryLocator(environment, () -> Path.of("/bundled")).detect();
  }

  private Path executable(String name) throws IOException {
    Path file = Files.createFile(directory.resolve(name));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theVariableComesFirst() throws Exception {
    Path named = executable("mine");
    executable("redis-server");
    assertThat(
            detect(Map.of("STOWAGE_REDIS_SERVER", named.toString(), "PATH", directory.toString()))
                .path())
        .hasValue(named);
  }

  @Test
  void theVariableIsNeverPassedOver() throws Exception {
    executable("redis-server");
    Path plain = Files.createFile(directory.resolve("plain"));
    for (Path wrong : new Path[] {plain, directory, directory.resolve("absent")}) {
      assertThatExceptionOfType(EmbeddedRedisException.class)
          .isThrownBy(
              () ->
                  detect(
                      Map.of(
                          "STOWAGE_REDIS_SERVER", wrong.toString(), "PATH", directory.toString())))
          .withMessageContaining("STOWAGE_REDIS_SERVER")
          .withMessageContaining(wrong.toString());
    }
  }

  @Test
  void anEmptyVariableIsAnUnsetOne() throws Exception {
    Path onPath = executable("redis-server");
    assertThat(detect(Map.of("STOWAGE_REDIS_SERVER", "", "PATH", directory.toString())).path())
        .hasValue(onPath);
  }

  @Test
  void thePathComesNext() throws Exception {
    Path onPath = executable("redis-server");
    Path shadow = Files.createDirectory(directory.resolve("shadow"));
    Files.createFile(shadow.resolve("redis-server"));
    assertThat(detect(Map.of("PATH", "/nonexistent::" + shadow + ":" + directory)).path())
        .as("what is not executable does not count")
        .hasValue(onPath);
  }

  @Test
  void theBundledOneComesLast() {
    assertThat(detect(Map.of("PATH", directory.toString(), "DOCKER_HOST", NO_DOCKER)).path())
        .hasValue(Path.of("/bundled"));
  }

  @Test
  void theErrorListsWhatWasTried() {
    BinaryLocator locator =
        new BinaryLocator(
            Map.of("PATH", directory.toString(), "DOCKER_HOST", NO_DOCKER),
            () -> {
              throw new EmbeddedRedisException("no server for BeOS");
            });
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(locator::detect)
        .withMessageContaining("STOWAGE_REDIS_SERVER is not set")
        .withMessageContaining("PATH " + directory)
        .withMessageContaining("Docker: no daemon answers")
        .withMessageContaining("no server for BeOS")
        .withMessageContaining("set the environment variable STOWAGE_REDIS_SERVER");
  }

  @ParameterizedTest
  @MethodSource("io.stowage.embedded.redis.TestBinaries#all")
  void aJvmTakesTheServerThatItsEnvironmentNames(RedisBinary binary) throws Exception {
    String path = binary.path().orElseThrow().toString();
    try (ChildJvm jvm = ChildJvm.start(Map.of("STOWAGE_REDIS_SERVER", path), "detect")) {
      assertThat(jvm.next("binary")).isEqualTo(path);
      assertThat(jvm.next("version")).isEqualTo(binary.version());
      assertThat(jvm.exitValue()).isZero();
    }
  }

  @Test
  void aJvmRefusesAWrongVariable() throws Exception {
    try (ChildJvm jvm = ChildJvm.start(Map.of("STOWAGE_REDIS_SERVER", "/nonexistent"), "detect")) {
      assertThat(jvm.next("error")).contains("STOWAGE_REDIS_SERVER", "/nonexistent");
    }
  }

  @Test
  void aJvmWithoutAnythingQuietlyTakesTheBundledOne() throws Exception {
    try (ChildJvm jvm =
        ChildJvm.start(
            Map.of("PATH", directory.toString(), "DOCKER_HOST", NO_DOCKER),
            entry -> !entry.contains("testcontainers") && !entry.contains("docker-java"),
            "detect")) {
      assertThat(jvm.rest())
          .isEqualTo(
              "binary=" + RedisBinary.bundled() + "\nversion=" + RedisBinary.bundled().version());
      assertThat(jvm.exitValue()).isZero();
    }
  }
}
