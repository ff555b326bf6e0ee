package io.stowage.embedded.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.stream.Stream;

/** The servers that the tests run: the bundled one always, the machine's own if it has one. */
final class TestBinaries {

  private TestBinaries() {}

  static Stream<RedisBinary> all() {
    return Stream.concat(Stream.of(RedisBinary.bundled()), RedisBinary.findOnPath().stream());
  }

  /** A server that the project's script fetches; without it the test is skipped. */
  static RedisBinary fetched(String name) {
    Optional<RedisBinary> found = RedisBinary.findFetched(name);
    assumeTrue(found.isPresent(), name + " is missing; .ci/fetch-servers fetches it");
    return found.orElseThrow();
  }
}
