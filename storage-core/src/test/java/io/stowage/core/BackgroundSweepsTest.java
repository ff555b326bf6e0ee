package io.stowage.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.MaintenanceListener;
import io.stowage.api.Outcome;
import io.stowage.api.StorageException;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class BackgroundSweepsTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final SweepReport REPORT = new SweepReport(false, true, 1, 2, 3, Duration.ZERO);

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final MaintenanceListener listener =
      new MaintenanceListener() {
        @Override
        public void swept(String store, SweepReport report) {
          events.add(store + " " + report.removed());
        }

        @Override
        public void sweepFailed(String store, StorageException failure) {
          events.add(store + " failed");
        }
      };
  private final BackgroundSweeps sweeps =
      new BackgroundSweeps("test-sweeps", listener, Duration.ofMinutes(1));

  @AfterEach
  void close() {
    sweeps.close();
  }

  private static StoreOptions every(Duration period) {
    return StoreOptions.builder().sweepEvery(period).build();
  }

  private static StoreOptions everyMilli() {
    return every(Duration.ofMillis(1));
  }

  private static boolean isRunning(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(running -> running.getName().equals(thread));
  }

  @Test
  void aStoreIsSweptAgainAndAgain() {
    sweeps.sweep("a", everyMilli(), () -> REPORT);

    await().atMost(DEADLINE).until(() -> events.size() >= 3);
    assertThat(events).containsOnly("a 3");
  }

  @Test
  void aFailureIsToldAndTheNextRunComes() {
    AtomicInteger runs = new AtomicInteger();
    sweeps.sweep(
        "a",
        everyMilli(),
        () -> {
          switch (runs.incrementAndGet()) {
            case 1 ->
                throw StorageException.transientFailure(
                    "no connection",
                    new StorageException.Context("a", "sweep", "test", Duration.ZERO),
                    Outcome.UNKNOWN,
                    null);
            case 2 -> throw new UnsupportedOperationException("a bug");
            case 3 -> throw new IllegalStateException("the platform is closed");
            case 4 -> throw new StackOverflowError("deep in an index function");
            default -> {
              return REPORT;
            }
          }
        });

    await().atMost(DEADLINE).until(() -> events.contains("a 3"));
    assertThat(events.get(0)).isEqualTo("a failed");
    assertThat(events.stream().filter("a failed"::equals)).hasSize(1);
  }

  @Test
  void aPeriodOfZeroSweepsNotAtAllAndStartsNoThread() {
    BackgroundSweeps idle = new BackgroundSweeps("test-sweeps-idle", listener);
    idle.sweep("a", every(Duration.ZERO), () -> REPORT);

    assertThat(isRunning("test-sweeps-idle")).isFalse();
    idle.close();
    assertThat(events).isEmpty();
  }

  @Test
  void aStoreThatIsOpenedAgainAlikeIsSweptAsBefore() {
    AtomicInteger later = new AtomicInteger();
    sweeps.sweep("a", everyMilli(), () -> REPORT);
    sweeps.sweep(
        "a",
        everyMilli(),
        () -> {
          later.incrementAndGet();
          return REPORT;
        });

    await().atMost(DEADLINE).until(() -> events.size() >= 5);
    assertThat(later).hasValue(0);
  }

  @Test
  void aStoreThatIsOpenedOtherwiseIsSweptAsItWasOpenedLast() {
    AtomicInteger earlier = new AtomicInteger();
    sweeps.sweep(
        "a",
        every(Duration.ofDays(7)),
        () -> {
          earlier.incrementAndGet();
          return REPORT;
        });
    sweeps.sweep("a", everyMilli(), () -> REPORT);

    await().atMost(DEADLINE).until(() -> events.size() >= 3);
    assertThat(earlier).hasValue(0);
  }

  @Test
  void aStoreThatIsOpenedNotToBeSweptIsSweptNoMore() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    sweeps.sweep(
        "a",
        everyMilli(),
        () -> {
          runs.incrementAndGet();
          return REPORT;
        });
    await().atMost(DEADLINE).until(() -> events.size() >= 3);
    sweeps.sweep("a", every(Duration.ZERO), () -> REPORT);
    int already = runs.get();
    CountDownLatch other = new CountDownLatch(5);
    sweeps.sweep(
        "b",
        everyMilli(),
        () -> {
          other.countDown();
          return REPORT;
        });

    assertThat(other.await(DEADLINE.toSeconds(), SECONDS)).isTrue();
    assertThat(runs.get()).as("one may have been under way").isLessThanOrEqualTo(already + 1);
  }

  @Test
  void severalStoresAreSweptOneAfterAnother() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicBoolean overlapped = new AtomicBoolean();
    for (String store : List.of("a", "b", "c")) {
      sweeps.sweep(
          store,
          everyMilli(),
          () -> {
            overlapped.compareAndSet(false, atOnce.incrementAndGet() > 1);
            atOnce.decrementAndGet();
            return REPORT;
          });
    }

    await().atMost(DEADLINE).until(() -> events.containsAll(List.of("a 3", "b 3", "c 3")));
    assertThat(overlapped).isFalse();
  }

  @Test
  void closingWaitsForTheRunUnderWayAndLetsNoOtherBegin() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    sweeps.sweep(
        "a",
        everyMilli(),
        () -> {
          running.countDown();
          try {
            if (!closing.await(60, SECONDS)) {
              throw new IllegalStateException("the test did not close");
            }
          } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
          }
          ended.incrementAndGet();
          return REPORT;
        });
    assertThat(running.await(60, SECONDS)).isTrue();

    closing.countDown();
    sweeps.close();

    int runs = ended.get();
    assertThat(runs).isPositive();
    sweeps.sweep("b", everyMilli(), () -> REPORT);
    await().atMost(DEADLINE).until(() -> !isRunning("test-sweeps"));
    assertThat(ended).hasValue(runs);
    assertThat(events).doesNotContain("b 3");
  }

  @Test
  void closingInterruptsARunThatDoesNotEnd() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    BackgroundSweeps brief =
        new BackgroundSweeps("test-sweeps-brief", listener, Duration.ofMillis(200));
    brief.sweep(
        "a",
        everyMilli(),
        () -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          return REPORT;
        });
    assertThat(running.await(60, SECONDS)).isTrue();

    brief.close();

    assertThat(interrupted.await(60, SECONDS)).isTrue();
  }
}
