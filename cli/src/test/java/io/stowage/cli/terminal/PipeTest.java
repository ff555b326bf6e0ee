package io.stowage.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether standard output leads to a reader that may go is seen, not read from a message. */
@Tag("server")
class PipeTest {

  @TempDir Path directory;

  @Test
  void pipeIsKnown() throws Exception {
    Path pipe = directory.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assertThat(mkfifo.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Pipe.isAt(pipe)).isTrue();
  }

  @Test
  void filesAndDevicesAreNone() throws Exception {
    assertThat(Pipe.isAt(Files.createFile(directory.resolve("file")))).isFalse();
    assertThat(Pipe.isAt(Path.of("/dev/null"))).isFalse();
    assertThat(Pipe.isAt(directory.resolve("nothing"))).isFalse();
  }
}
