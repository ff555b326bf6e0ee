package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The server's time promises that what was checked before it can be seen. */
class ServerTimeTest {

  private static final Instant START = TestClock.START;
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch checking = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** Holds the writer after it has looked at the time; for all others an hour has passed. */
  private Instant now() {
    if (!Thread.currentThread().getName().equals("writer")) {
      return START.plus(Duration.ofHours(1));
    }
    checking.countDown();
    try {
      assertThat(goOn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return START;
  }

  @Test
  void whoReadsAfterItSeesWhatWasCheckedBeforeIt() throws Exception {
    InstantSource clock = this::now;
    MemoryRecords records = new MemoryRecords(StoreParts.of(clock, new Lifetime(), later -> {}));
    Version version = Version.of(TimeUnit.SECONDS.toMicros(START.getEpochSecond()), 1);
    Commit commit =
        new Commit("a", version, new byte[1], Expiry.never(), Precondition.none(), GRACE);
    Thread writer = new Thread(() -> records.commit(List.of(commit)), "writer");
    writer.start();
    assertThat(checking.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    CompletableFuture<Version> seen = new CompletableFuture<>();
    Thread reader =
        new Thread(
            () -> {
              long time = records.serverMicros();
              assertThat(time).isGreaterThan(version.micros() + GRACE.toNanos() / 1_000);
              seen.complete(records.versions(List.of("a")).get(0));
            });
    reader.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
        .until(() -> seen.isDone() || reader.getState() == Thread.State.WAITING);
    goOn.countDown();

    assertThat(seen.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(version);
  }
}
