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
import java.util.function.Supplier;
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

  private static void sweep(
      BackgroundSweeps by, String store, StoreOptions options, Supplier<SweepReport> run) {
    by.sweep(store, options, new StoreSweeps(run, run));
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
    sweep(sweeps, "a", everyMilli(), () -> REPORT);

    await().atMost(DEADLINE).until(() -> events.size() >= 3);
    assertThat(events).containsOnly("a 3");
  }

  @Test
  void aFailureIsToldAndTheNextRunComes() {
    AtomicInteger runs = new AtomicInteger();
    sweep(
        sweeps,
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
    sweep(idle, "a", every(Duration.ZERO), () -> REPORT);

    assertThat(isRunning("test-sweeps-idle")).isFalse();
    idle.close();
    assertThat(events).isEmpty();
  }

  @Test
  void aStoreThatIsOpenedAgainAlikeIsSweptAsBefore() {
    AtomicInteger later = new AtomicInteger();
    sweep(sweeps, "a", everyMilli(), () -> REPORT);
    sweep(
        sweeps,
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
    sweep(
        sweeps,
        "a",
        every(Duration.ofDays(7)),
        () -> {
          earlier.incrementAndGet();
          return REPORT;
        });
    sweep(sweeps, "a", everyMilli(), () -> REPORT);

    await().atMost(DEADLINE).until(() -> events.size() >= 3);
    assertThat(earlier).hasValue(0);
  }

  @Test
  void aStoreThatIsOpenedNotToBeSweptIsSweptNoMore() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    sweep(
        sweeps,
        "a",
        everyMilli(),
        () -> {
          runs.incrementAndGet();
          return REPORT;
        });
    await().atMost(DEADLINE).until(() -> events.size() >= 3);
    sweep(sweeps, "a", every(Duration.ZERO), () -> REPORT);
    int already = runs.get();
    CountDownLatch other = new CountDownLatch(5);
    sweep(
        sweeps,
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
      sweep(
          sweeps,
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
    sweep(
        sweeps,
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
    sweep(sweeps, "b", everyMilli(), () -> REPORT);
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
    sweep(
        brief,
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

  private static SweepReport report(boolean isComplete, long entries, long removed) {
    return new SweepReport(false, isComplete, 1, entries, removed, Duration.ZERO);
  }

  @Test
  void whileMuchIsDeadARunFollowsTheOtherAtOnce() {
    AtomicInteger runs = new AtomicInteger();
    sweep(
        sweeps,
        "a",
        every(Duration.ofSeconds(1)),
        () -> report(false, 10_000, runs.incrementAndGet() < 50 ? 2_500 : 2_499));

    await().atMost(DEADLINE).until(() -> runs.get() >= 50);
    assertThat(events).as("within the first second but one").hasSizeLessThan(52);
  }

  @Test
  void whatIsExpectedToBeDeadIsSweptThen() {
    AtomicInteger whole = new AtomicInteger();
    AtomicInteger oldest = new AtomicInteger();
    sweeps.sweep(
        "a",
        every(Duration.ofDays(7)),
        new StoreSweeps(
            () -> report(true, whole.incrementAndGet(), 0),
            () -> report(true, oldest.incrementAndGet(), 0)));

    sweeps.expectDead("a", Duration.ofMillis(1));
    sweeps.expectDead("a", Duration.ofHours(1));
    sweeps.expectDead("unknown", Duration.ofMillis(1));

    await().atMost(DEADLINE).until(() -> oldest.get() > 0);
    sweeps.close();
    assertThat(oldest).hasValue(1);
    assertThat(whole).hasValue(0);
  }

  @Test
  void expectationsThatComeDuringARestAreMetByOneRun() {
    AtomicInteger oldest = new AtomicInteger();
    sweeps.sweep(
        "a",
        every(Duration.ofDays(7)),
        new StoreSweeps(
            () -> REPORT,
            () -> {
              oldest.incrementAndGet();
              return new SweepReport(false, true, 1, 1, 0, Duration.ofMillis(20));
            }));
    for (int i = 0; i < 500; i++) {
      sweeps.expectDead("a", Duration.ofNanos(1));
    }
    AtomicBoolean isOver = new AtomicBoolean();
    sweep(sweeps, "b", every(Duration.ofMillis(500)), () -> report(isOver.getAndSet(true), 1, 0));

    await().atMost(DEADLINE).until(() -> oldest.get() >= 2);
    await().atMost(DEADLINE).untilTrue(isOver);
    assertThat(oldest.get()).isLessThan(10);
  }
}
