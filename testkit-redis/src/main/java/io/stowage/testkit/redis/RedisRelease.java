package io.stowage.testkit.redis;

import io.stowage.embedded.redis.RedisBinary;
import java.util.Optional;
import java.util.function.Supplier;
import org.opentest4j.TestAbortedException;

/** The servers on which the contracts run. */
@SuppressWarnings("ImmutableEnumChecker") // suppliers without a state
public enum RedisRelease {
  /** Redis 6.2, the oldest that is supported; it comes along. */
  REDIS_6_2(() -> Optional.of(RedisBinary.bundled()), "it comes along"),
  /**
   * What {@link RedisBinary#detectExecutable} finds: the one that {@code STOWAGE_REDIS_SERVER}
   * names, else the machine's own, else Redis 6.2.
   */
  DETECTED(() -> Optional.of(RedisBinary.detectExecutable()), "there is always one"),
  /** Valkey 8, among the fetched servers. */
  VALKEY_8(() -> RedisBinary.findFetched("valkey-8"), "no valkey-8 among the fetched servers"),
  /** Redis 8, among the fetched servers. */
  REDIS_8(() -> RedisBinary.findFetched("redis-8"), "no redis-8 among the fetched servers");

  private final Supplier<Optional<RedisBinary>> binary;
  private final String absent;

  RedisRelease(Supplier<Optional<RedisBinary>> binary, String absent) {
    this.binary = binary;
    this.absent = absent;
  }

  /**
   * The executable.
   *
   * @throws TestAbortedException if this machine has none: the tests that need it are skipped, and
   *     the console says so
   */
  public RedisBinary binary() {
    return binary.get().orElseThrow(this::skip);
  }

  /** A test that is aborted before its class has begun is reported nowhere else. */
  private TestAbortedException skip() {
    String message = name() + ": " + absent;
    System.out.println("skipped: " + message);
    return new TestAbortedException(message);
  }
}
