package io.stowage.embedded.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The servers that the tests run: the machine's own if it has one, otherwise the bundled one. The
 * full tier runs both.
 */
final class TestBinaries {

  private TestBinaries() {}

  static Stream<RedisBinary> all() {
    Stream<RedisBinary> installed = RedisBinary.findOnPath().stream();
    Stream<RedisBinary> both = Stream.concat(installed, Stream.of(RedisBinary.bundled()));
    boolean isShort =
        Set.of("quick", "verify").contains(System.getProperty("stowage.tier", "verify"));
    return isShort ? both.limit(1) : both;
  }

  /**
   * A shell script that can be run at once. It is written by a process of its own, since servers
   * that other tests start would inherit the open file and keep it from being run.
   */
  static Path script(Path file, String body) throws IOException, InterruptedException {
    Process writing =
        new ProcessBuilder("sh", "-c", "cat >\"$1\" && chmod 755 \"$1\"", "sh", file.toString())
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
    try (Writer out = writing.outputWriter(StandardCharsets.UTF_8)) {
      out.write("#!/bin/sh\n" + body + "\n");
    }
    if (writing.waitFor() != 0) {
      throw new IOException("Cannot write " + file);
    }
    return file;
  }

  /** A server that the project's script fetches; without it the test is skipped. */
  static RedisBinary fetched(String name) {
    Optional<RedisBinary> found = RedisBinary.findFetched(name);
    assumeTrue(found.isPresent(), name + " is missing; .ci/fetch-servers fetches it");
    return found.orElseThrow();
  }
}
