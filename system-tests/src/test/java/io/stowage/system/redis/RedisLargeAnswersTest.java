package io.stowage.system.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.NetworkSettings;
import io.stowage.api.Version;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.spi.AdapterProvider;
import io.stowage.spi.Commit;
import io.stowage.spi.ConnectionSettings;
import io.stowage.spi.Expiry;
import io.stowage.spi.PersistencePort;
import io.stowage.spi.Precondition;
import io.stowage.spi.StorageAdapter;
import io.stowage.testkit.fault.FaultProxy;
import io.stowage.testkit.fault.Link;
import io.stowage.testkit.fault.LinkHooks;
import io.stowage.testkit.redis.RespFrames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Large answers come in parts, and small calls do not wait behind them. */
@Tag("server")
abstract class RedisLargeAnswersTest {

  private static final int LARGE = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AdapterProvider provider;

  RedisLargeAnswersTest(AdapterProvider provider) {
    this.provider = provider;
  }

  /** Notes how large the answers are, and keeps large ones back as long as it is told to. */
  private static final class Scales implements LinkHooks {

    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private final CountDownLatch holds = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean holdsLarge;

    @Override
    public void onReply(Link link, byte[] frame) throws IOException, InterruptedException {
      sizes.add(frame.length);
      if (holdsLarge && frame.length > LARGE) {
        holds.countDown();
        released.await();
      }
      link.toClient(frame);
    }
  }

  private static FaultProxy before(EmbeddedRedis redis, LinkHooks hooks) throws IOException {
    return FaultProxy.start(
        List.of(new InetSocketAddress(redis.host(), redis.port())), new RespFrames(), hooks);
  }

  private StorageAdapter connect(FaultProxy proxy) {
    return provider.connect(
        ConnectionSettings.of("redis://127.0.0.1:" + proxy.addresses().get(0).getPort())
            .withNetwork(
                NetworkSettings.defaults()
                    .withConnectTimeout(PATIENCE)
                    .withCommandTimeout(PATIENCE)
                    .withPoolSize(4)));
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id" + i).toList();
  }

  private static void commit(PersistencePort records, List<String> ids, int bytes) {
    long micros = records.serverMicros();
    List<Commit> commits = new ArrayList<>();
    for (String id : ids) {
      commits.add(
          new Commit(
              id,
              Version.of(micros, 1),
              new byte[bytes],
              Expiry.never(),
              Precondition.none(),
              Duration.ofSeconds(60)));
    }
    records.commit(commits);
  }

  @Test
  void smallCallsDoNotWaitBehindALargeAnswer() throws Exception {
    Scales scales = new Scales();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        FaultProxy proxy = before(redis, scales);
        StorageAdapter adapter = connect(proxy)) {
      PersistencePort records = adapter.store("s").records();
      commit(records, ids(8), 500_000);
      scales.holdsLarge = true;
      FutureTask<Integer> large = new FutureTask<>(() -> records.read(ids(8)).size());
      new Thread(large).start();
      assertThat(scales.holds.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      commit(records, List.of("small"), 10);
      assertThat(records.read(List.of("small"))).doesNotContainNull();
      scales.released.countDown();
      assertThat(large.get(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(8);
    }
  }

  @Test
  void largeRecordsAreReadInParts() throws Exception {
    Scales scales = new Scales();
    try (EmbeddedRedis redis = EmbeddedRedis.start();
        FaultProxy proxy = before(redis, scales)) {
      try (StorageAdapter adapter = connect(proxy)) {
        PersistencePort records = adapter.store("s").records();
        commit(records, ids(100), 200_000);
        scales.sizes.clear();
        assertThat(records.read(ids(100))).hasSize(100).doesNotContainNull();
        assertThat(scales.sizes).allMatch(size -> size < 5 * LARGE);
      }
      try (StorageAdapter other = connect(proxy)) {
        scales.sizes.clear();
        assertThat(other.store("s").records().read(ids(100))).hasSize(100).doesNotContainNull();
        List<Integer> large = scales.sizes.stream().filter(size -> size > LARGE).toList();
        assertThat(large).as("who knows nothing of the store begins with few records").hasSize(3);
        assertThat(large.subList(1, 3)).allMatch(size -> size < 5 * LARGE);
      }
    }
  }
}
