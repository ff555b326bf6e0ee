package io.stowage.system.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stowage.api.NetworkSettings;
import io.stowage.api.Outcome;
import io.stowage.api.TlsSettings;
import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.embedded.redis.TlsMaterial;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.Commit;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import io.stowage.system.support.Pauses;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A call has one deadline and so has a connect, whatever the server does meanwhile: it answers a
 * byte at a time, or it has been frozen. Each test has servers of its own and mostly waits, so they
 * run beside each other.
 */
@Tag("server")
@Execution(ExecutionMode.CONCURRENT)
abstract class RedisDeadlineTest {

  /** Each byte comes well within every time-out. */
  private static final Duration DROP = Duration.ofMillis(100);

  private static final Duration SHORT = Duration.ofMillis(400);

  /** Long enough for what a busy machine adds not to be taken for a second time-out. */
  private static final Duration LONG = Duration.ofSeconds(4);

  private static final Duration LESS_THAN_TWO = LONG.plus(LONG.multipliedBy(3).dividedBy(4));

  private final AdapterProvider provider;

  RedisDeadlineTest(AdapterProvider provider) {
    this.provider = provider;
  }

  private static ConnectionSettings settings(String uri, Duration connect, Duration command) {
    return ConnectionSettings.of(uri)
        .withNetwork(
            NetworkSettings.defaults()
                .withConnectTimeout(connect)
                .withCommandTimeout(command)
                .withPoolSize(2));
  }

  private static void save(StorePorts store, String id, byte[] payload) {
    Commit commit =
        new Commit(
            id,
            Version.of(store.records().serverMicros(), 1),
            payload,
            Expiry.never(),
            Precondition.none(),
            Duration.ofSeconds(60));
    store.records().commit(List.of(commit));
  }

  private static AdapterException failure(Runnable call) {
    return catchThrowableOfType(AdapterException.class, call::run);
  }

  /** Runs a call that fails, and answers how long it took but for what the machine stood still. */
  private static Duration timeToFail(Runnable call, Outcome outcome) {
    return timeOf(
        () -> {
          AdapterException failure = failure(call);
          assertThat(failure).isNotNull();
          assertThat(failure.isTransient()).isTrue();
          assertThat(failure.outcome()).isEqualTo(outcome);
          return failure;
        });
  }

  private static Duration timeOf(Supplier<AdapterException> failing) {
    try (Pauses pauses = new Pauses()) {
      long start = System.nanoTime();
      AdapterException failure = failing.get();
      Duration took = Duration.ofNanos(System.nanoTime() - start).minus(pauses.total());
      assertThat(failure).isNotNull();
      return took;
    }
  }

  @Test
  void answerThatDripsEndsAtTheDeadlineOfTheCall() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        SlowPeer peer = SlowPeer.before(redis, DROP);
        StorageAdapter adapter =
            provider.connect(settings(peer.uri(redis), Duration.ofSeconds(10), LONG))) {
      StorePorts store = adapter.store("s");
      save(store, "1", new byte[100]);
      peer.drip();
      Duration took = timeToFail(() -> store.records().read(List.of("1")), Outcome.UNKNOWN);
      assertThat(took).isBetween(LONG.dividedBy(2), LONG.multipliedBy(2));
    }
  }

  @Test
  void loginThatDripsEndsAtTheDeadlineOfTheConnect() throws IOException {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().password("secret").start();
        SlowPeer peer = SlowPeer.before(redis, DROP)) {
      peer.drip();
      ConnectionSettings settings = settings(peer.uri(redis), SHORT, Duration.ofSeconds(10));
      Duration took = timeToFail(() -> provider.connect(settings).close(), Outcome.NOT_APPLIED);
      assertThat(took).isLessThan(SHORT.multipliedBy(8));
    }
  }

  @Test
  void handshakeOfTlsThatDripsEndsAtTheDeadlineOfTheConnect() throws IOException {
    try (TlsMaterial material = TlsMaterial.generate();
        EmbeddedRedis redis = EmbeddedRedis.builder().tls(material).start();
        SlowPeer peer = SlowPeer.before(redis, Duration.ofMillis(10))) {
      peer.drip();
      ConnectionSettings settings =
          settings(peer.uri(redis), LONG, LONG)
              .withTls(TlsSettings.defaults().trusting(material.authority()));
      Duration took = timeToFail(() -> provider.connect(settings).close(), Outcome.NOT_APPLIED);
      assertThat(took).isBetween(LONG.dividedBy(2), LONG.multipliedBy(2));
    }
  }

  @Test
  void answerThatDripsThroughTlsEndsAtTheDeadlineOfTheCall() throws IOException {
    try (TlsMaterial material = TlsMaterial.generate();
        EmbeddedRedis redis = EmbeddedRedis.builder().tls(material).start();
        SlowPeer peer = SlowPeer.before(redis, DROP);
        StorageAdapter adapter =
            provider.connect(
                settings(peer.uri(redis), Duration.ofSeconds(10), LONG)
                    .withTls(TlsSettings.defaults().trusting(material.authority())))) {
      StorePorts store = adapter.store("s");
      save(store, "1", new byte[100]);
      peer.drip();
      Duration took = timeToFail(() -> store.records().read(List.of("1")), Outcome.UNKNOWN);
      assertThat(took).isBetween(LONG.dividedBy(2), LONG.multipliedBy(2));
    }
  }

  /** A connection that has idled is tried, and if it does not answer another one is opened. */
  @Test
  void frozenServerCostsACallOneTimeOut() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter = provider.connect(settings(redis.uri(), LONG, LONG))) {
      StorePorts store = adapter.store("s");
      save(store, "1", new byte[1]);
      // How long it has idled decides, and nothing that can be seen from outside tells it.
      await().pollDelay(Duration.ofMillis(1_200)).until(() -> true);
      redis.freeze();
      Duration took = timeOf(() -> failure(() -> store.records().read(List.of("1"))));
      redis.thaw();
      assertThat(took).isLessThan(LESS_THAN_TWO);
    }
  }

  @Test
  void frozenServerCostsOpeningOneTimeOut() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      redis.freeze();
      ConnectionSettings settings = settings(redis.uri(), LONG, LONG);
      Duration took = timeToFail(() -> provider.connect(settings).close(), Outcome.NOT_APPLIED);
      redis.thaw();
      assertThat(took).isLessThan(LESS_THAN_TWO);
    }
  }

  /** Each of three Sentinels names the frozen server. */
  @Test
  void frozenMasterOfSentinelsCostsOpeningOneTimeOut() {
    try (EmbeddedSentinel group =
        EmbeddedSentinel.builder()
            .replicas(0)
            .sentinels(3)
            .downAfter(Duration.ofMinutes(2))
            .start()) {
      group.members().get(0).freeze();
      ConnectionSettings settings = settings(group.uri(), LONG, LONG);
      Duration took = timeToFail(() -> provider.connect(settings).close(), Outcome.NOT_APPLIED);
      group.members().get(0).thaw();
      assertThat(took).isLessThan(LESS_THAN_TWO);
    }
  }
}
