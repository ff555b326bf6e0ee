package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class RedisBinaryTest {

  @TempDir Path directory;

  private Path script(String body) throws Exception {
    return TestBinaries.script(directory.resolve("server"), body);
  }

  @Test
  void theBundledOneIsRedis62() {
    assertThat(RedisBinary.bundled().version()).startsWith("6.2.");
    assertThat(RedisBinary.bundled().path()).hasValueSatisfying(p -> assertThat(p).isExecutable());
  }

  @Test
  void versionIsAskedOnce() throws Exception {
    Path file = script("echo asked >> \"$0.calls\"; echo 'Redis server v=9.8.7 sha=0'");
    assertThat(RedisBinary.at(file).version()).isEqualTo("9.8.7");
    assertThat(RedisBinary.at(file).version()).isEqualTo("9.8.7");
    assertThat(directory.resolve("server.calls")).content().isEqualTo("asked\n");
  }

  @Test
  void whatIsNoServerIsNamed() throws Exception {
    Path file = script("echo hello");
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> RedisBinary.at(file).version())
        .withMessageContaining(file.toString())
        .withMessageContaining("hello");
  }

  @Test
  void refusesWhatIsNotExecutable() throws Exception {
    Path file = Files.createFile(directory.resolve("plain"));
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> RedisBinary.at(file))
        .withMessageContaining(file.toString());
  }

  @Test
  void theOneOnThePathIsTheOneThatIsFound() {
    RedisBinary.findOnPath()
        .ifPresentOrElse(
            found -> assertThat(RedisBinary.onPath().path()).isPresent().isEqualTo(found.path()),
            () ->
                assertThatExceptionOfType(EmbeddedRedisException.class)
                    .isThrownBy(RedisBinary::onPath)
                    .withMessageContaining("PATH"));
  }
}
