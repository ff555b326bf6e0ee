package io.stowage.testkit.topology;

import io.stowage.embedded.redis.RedisBinary;
import io.stowage.testkit.port.AllowedSkip;
import java.util.function.Supplier;

/** The servers on which the contracts run. */
@SuppressWarnings("ImmutableEnumChecker") // suppliers without a state
enum Server {
  /** The oldest that is supported; bundled. */
  REDIS_6_2(RedisBinary::bundled),
  /** The machine's own. */
  REDIS_7_0(() -> RedisBinary.findOnPath().orElseThrow(AllowedSkip.NO_REDIS_ON_THE_PATH::skip)),
  VALKEY_8(
      () -> RedisBinary.findFetched("valkey-8").orElseThrow(AllowedSkip.NO_FETCHED_SERVERS::skip)),
  REDIS_8(
      () -> RedisBinary.findFetched("redis-8").orElseThrow(AllowedSkip.NO_FETCHED_SERVERS::skip));

  private final Supplier<RedisBinary> binary;

  Server(Supplier<RedisBinary> binary) {
    this.binary = binary;
  }

  /**
   * The executable.
   *
   * @throws org.opentest4j.TestAbortedException if this machine has none
   */
  RedisBinary binary() {
    return binary.get();
  }
}
