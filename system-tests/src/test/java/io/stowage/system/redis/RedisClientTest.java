package io.stowage.system.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stowage.api.NetworkSettings;
import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.spi.AdapterException;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What depends on the client: connecting, failing, recovering, and threads. */
@Tag("server")
abstract class RedisClientTest {

  private static final IndexTerm TERM = IndexTerm.exact("type", "a");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AdapterProvider provider;

  RedisClientTest(AdapterProvider provider) {
    this.provider = provider;
  }

  /** One that waits for longer than servers and threads stand still on a busy machine. */
  private StorageAdapter connect(String uri) {
    return provider.connect(
        settings(uri, "p:", Duration.ofSeconds(10), Duration.ofSeconds(20), 4)
            .withClientName("stowage-test"));
  }

  /** One that gives a server up that does not answer, and the store in it, which has an item. */
  private StorageAdapter connectImpatiently(String uri) {
    StorageAdapter adapter =
        provider.connect(settings(uri, "p:", Duration.ofSeconds(2), Duration.ofMillis(700), 4));
    StorePorts store = adapter.store("s");
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> save(store, "1", "x").status() == CommitResult.Status.APPLIED);
    return adapter;
  }

  private static ConnectionSettings settings(
      String uri, String prefix, Duration connect, Duration command, int poolSize) {
    return ConnectionSettings.of(uri)
        .withKeyPrefix(prefix)
        .withNetwork(
            NetworkSettings.defaults()
                .withConnectTimeout(connect)
                .withCommandTimeout(command)
                .withPoolSize(poolSize));
  }

  private static CommitResult save(StorePorts store, String id, String payload) {
    Version version = Version.of(store.records().serverMicros(), 1);
    IndexEntry entry = new IndexEntry(TERM, new EntryRef(id, version, 1));
    Commit commit =
        new Commit(
            id,
            version,
            payload.getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Expiry.never(),
            Precondition.none(),
            Duration.ofSeconds(60));
    return store.addThenCommit(List.of(entry), List.of(commit)).get(0);
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(AdapterProvider.class))
        .extracting(AdapterProvider::name)
        .contains(provider.name());
    assertThat(provider.serves("redis")).isTrue();
    assertThat(provider.serves("http")).isFalse();
  }

  @Test
  void storesFindsAndRemoves() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter = connect(redis.uri() + "/3")) {
      assertThat(adapter.name()).isEqualTo(provider.name());
      StorePorts store = adapter.store("s");
      CommitResult first = save(store, "1", "one");
      assertThat(first.status()).isEqualTo(CommitResult.Status.APPLIED);
      assertThat(save(store, "1", "two").payload()).asString().isEqualTo("one");
      assertThat(store.indexes().read(IndexRange.all(TERM), Direction.ASCENDING, null, 5))
          .hasSize(2);
      assertThat(store.records().read(List.of("1", "none")).get(0).payload())
          .asString()
          .isEqualTo("two");
      assertThat(store.records().read(List.of("none")).get(0)).isNull();
      assertThat(store.records().scan("", 1_000).ids()).containsExactly("1");
      assertThat(store.records().remove(List.of(new Removal("1", null))).get(0).removed())
          .isNotNull();
      assertThat(store.records().remove(List.of(new Removal("1", null))).get(0).removed()).isNull();
    }
  }

  @Test
  void errorOfTheServerLeavesTheConnectionUsable() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter = connect(redis.uri())) {
      StorePorts store = adapter.store("s");
      save(store, "warm-up", "x");
      assertThatThrownBy(() -> store.records().scan("no cursor", 1))
          .isInstanceOf(AdapterException.class)
          .hasMessageContaining("SCAN");
      assertThat(save(store, "1", "x").status()).isEqualTo(CommitResult.Status.APPLIED);
    }
  }

  @Test
  void largeBatchesPass() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter =
            provider.connect(
                settings(redis.uri(), "", Duration.ofSeconds(5), Duration.ofSeconds(20), 2))) {
      StorePorts store = adapter.store("s");
      long micros = store.records().serverMicros();
      List<Commit> commits = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        ids.add("id" + i);
        commits.add(
            new Commit(
                "id" + i,
                Version.of(micros + i, 0),
                new byte[2_000],
                Expiry.never(),
                Precondition.none(),
                Duration.ofSeconds(60)));
      }
      assertThat(store.records().commit(commits))
          .extracting(CommitResult::status)
          .containsOnly(CommitResult.Status.APPLIED);
      assertThat(store.records().read(ids)).doesNotContainNull().hasSize(3_000);
    }
  }

  @Test
  void noServerIsOneClearFailure() {
    try (EmbeddedRedis dead = EmbeddedRedis.start()) {
      dead.kill();
      String place = "127.0.0.1:" + dead.port();
      AdapterException failure =
          catchThrowableOfType(AdapterException.class, () -> connect("redis://:secret@" + place));
      assertThat(failure)
          .hasMessageContaining(place)
          .hasMessageContaining("refused")
          .hasMessageNotContaining("secret");
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(failure.isTransient()).isTrue();
    }
    assertThatThrownBy(() -> connect("redis://host.invalid"))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("host.invalid:6379");
  }

  @Test
  void credentialsAreChecked() {
    try (EmbeddedRedis redis = EmbeddedRedis.builder().password("right/pass word").start()) {
      connect(redis.uri()).close();
      connect(redis.uri().replace("//:", "//default:")).close();
      String place = "127.0.0.1:" + redis.port();
      for (String wrong : List.of(":wrong@", "ann:wrong@", "")) {
        AdapterException failure =
            catchThrowableOfType(AdapterException.class, () -> connect("redis://" + wrong + place));
        assertThat(failure)
            .as(wrong)
            .hasMessageContaining(place + " refused the credentials")
            .hasMessageNotContaining("wrong@");
        assertThat(failure.isTransient()).as(wrong).isFalse();
      }
    }
  }

  @Test
  void passwordThatNobodyAskedForIsRefused() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      String uri = "redis://:secret@127.0.0.1:" + redis.port();
      assertThatThrownBy(() -> connect(uri))
          .isInstanceOf(AdapterException.class)
          .hasMessageContaining("refused the credentials")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void missingDatabaseAndGarbageAreRefused() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      AdapterException failure =
          catchThrowableOfType(AdapterException.class, () -> connect(redis.uri() + "/99"));
      assertThat(failure).hasMessageContaining("refused the connection");
      assertThat(failure.isTransient()).isFalse();
    }
    assertThatThrownBy(() -> connect("redis://h:x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void userOfFewRightsIsEnough() {
    try (EmbeddedRedis redis =
            EmbeddedRedis.builder()
                .setting(
                    "user", "app on >pw ~p:* +@read +@write +evalsha +eval +time +ping +select")
                .start();
        StorageAdapter adapter = connect(redis.uri().replace("//", "//app:pw@"))) {
      assertThat(save(adapter.store("s"), "1", "x").status())
          .isEqualTo(CommitResult.Status.APPLIED);
    }
  }

  @Test
  void missingRightIsARefusalThatNamesCommandAndKey() {
    try (EmbeddedRedis redis =
            EmbeddedRedis.builder().setting("user", "app on >pw ~* +@all -zadd").start();
        StorageAdapter adapter = connect(redis.uri().replace("//", "//app:pw@"))) {
      IndexEntry entry = new IndexEntry(TERM, new EntryRef("1", new Version(1), 1));
      AdapterException failure =
          catchThrowableOfType(
              AdapterException.class, () -> adapter.store("s").indexes().add(List.of(entry)));
      assertThat(failure)
          .hasMessageContaining("ZADD of key 'p:s:idx:type:a'")
          .hasMessageContaining("NOPERM");
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(failure.isTransient()).isFalse();
    }
  }

  /** A read that silently went to the master instead would put on it what it was to be spared. */
  @Test
  @Tag("one-jdk")
  void readFromAReplicaThatRefusesTheConnectionFails() {
    try (EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.builder()
                .masters(1)
                .nodeTimeout(Duration.ofMinutes(2))
                .user("app", "pw", "~*", "+@all", "-readonly")
                .start();
        StorageAdapter adapter =
            provider.connect(
                settings(
                    cluster.uri("app"), "p:", Duration.ofSeconds(10), Duration.ofSeconds(20), 4))) {
      StorePorts store = adapter.store("s");
      save(store, "1", "x");
      PersistencePort stale = store.possiblyStale().orElseThrow().records();

      AdapterException failure =
          catchThrowableOfType(AdapterException.class, () -> stale.read(List.of("1")));

      assertThat(failure).hasMessageContaining("NOPERM").hasMessageContaining("readonly");
      assertThat(failure.isTransient()).isFalse();
      assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(store.records().read(List.of("1"))).doesNotContainNull();
    }
  }

  @Test
  void worksAgainAfterTheServerWasKilledAndRestarted() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter = connect(redis.uri())) {
      StorePorts store = adapter.store("s");
      save(store, "1", "x");
      redis.kill();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                AdapterException failure =
                    catchThrowableOfType(AdapterException.class, () -> save(store, "1", "x"));
                assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
                assertThat(failure.isTransient()).isTrue();
                assertThat(failure).hasMessageContaining("127.0.0.1:" + redis.port());
              });
      redis.restart();
      assertThat(save(store, "2", "x").status()).isEqualTo(CommitResult.Status.APPLIED);
    }
  }

  @Test
  void restartBetweenTwoOperationsCostsAtMostOne() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter = connect(redis.uri())) {
      StorePorts store = adapter.store("s");
      onFourThreads(() -> store.records().serverMicros());
      redis.kill();
      redis.restart();
      int failures = 0;
      for (int i = 0; i < 20; i++) {
        try {
          save(store, "id" + i, "x");
        } catch (AdapterException e) {
          assertThat(e.isTransient()).isTrue();
          failures++;
        }
      }
      assertThat(failures).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void frozenServerIsUnknownWithinTheDeadlineAndForgottenAfterwards() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter = connectImpatiently(redis.uri())) {
      StorePorts store = adapter.store("s");
      Version version = Version.of(store.records().serverMicros(), 1);
      redis.freeze();
      for (int size : new int[] {10, 8_000_000}) {
        Commit commit =
            new Commit(
                "1",
                version,
                new byte[size],
                Expiry.never(),
                Precondition.none(),
                Duration.ofSeconds(60));
        long start = System.nanoTime();
        AdapterException failure =
            catchThrowableOfType(
                AdapterException.class, () -> store.records().commit(List.of(commit)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        assertThat(failure.isTransient()).isTrue();
        if (size == 10) {
          assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
        }
      }
      redis.thaw();
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> save(store, "2", "x").status() == CommitResult.Status.APPLIED);
      assertThat(store.records().read(List.of("2")).get(0).payload()).asString().isEqualTo("x");
    }
  }

  @Test
  void largeWriteToAFrozenServerIsUnknownWithinTheDeadline() {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter = connectImpatiently(redis.uri())) {
      StorePorts store = adapter.store("s");
      save(store, "1", "x".repeat(1_000_000)); // opens the connection that large writes take
      Version version = Version.of(store.records().serverMicros(), 1);
      redis.freeze();
      Commit commit =
          new Commit(
              "1",
              version,
              new byte[30_000_000],
              Expiry.never(),
              Precondition.none(),
              Duration.ofSeconds(60));
      long start = System.nanoTime();
      AdapterException failure =
          catchThrowableOfType(
              AdapterException.class, () -> store.records().commit(List.of(commit)));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
      assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
      redis.thaw();
    }
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        StorageAdapter adapter =
            provider.connect(
                settings(redis.uri(), "", Duration.ofSeconds(10), Duration.ofSeconds(10), 3))) {
      StorePorts store = adapter.store("s");
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<?>> runs = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
          String id = "thread" + t;
          runs.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < 200; i++) {
                      save(store, id, id + "-" + i);
                      assertThat(store.records().read(List.of(id)).get(0).payload())
                          .asString()
                          .isEqualTo(id + "-" + i);
                    }
                  }));
        }
        for (Future<?> run : runs) {
          run.get(60, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void closedAdapterRefusesAndAServerThatIsAwayDoesNotHinderClosing() {
    try (EmbeddedRedis redis = EmbeddedRedis.start()) {
      StorageAdapter adapter = connectImpatiently(redis.uri());
      StorePorts store = adapter.store("s");
      redis.freeze();
      long start = System.nanoTime();
      adapter.close();
      adapter.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
      assertThatThrownBy(() -> store.records().serverMicros())
          .isInstanceOf(IllegalStateException.class);
      redis.thaw();
    }
  }

  private static void onFourThreads(Runnable task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(
            threads.submit(() -> java.util.stream.IntStream.range(0, 50).forEach(n -> task.run())));
      }
      for (Future<?> run : runs) {
        run.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
