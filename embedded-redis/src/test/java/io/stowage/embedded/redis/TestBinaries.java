package io.stowage.embedded.redis;

import java.util.stream.Stream;

/** The servers that the tests run: the bundled one always, the machine's own if it has one. */
final class TestBinaries {

  private TestBinaries() {}

  static Stream<RedisBinary> all() {
    return Stream.concat(Stream.of(RedisBinary.bundled()), RedisBinary.findOnPath().stream());
  }
}
