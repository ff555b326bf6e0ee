package io.stowage.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryRecorderTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final long BEGIN_NANOS = 77;
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** Two clocks of one machine, which stands still after so many readings of either. */
  private static final class PausingMachine {

    private final int runs;
    private int readings;
    private Duration passed = Duration.ZERO;

    PausingMachine(int runs) {
      this.runs = runs;
    }

    HistoryRecorder recorder() {
      InstantSource wall = () -> BEGIN.plus(read());
      return new HistoryRecorder(() -> BEGIN_NANOS + read().toNanos(), wall);
    }

    private Duration read() {
      Duration now = passed;
      passed = passed.plus(++readings == runs ? PAUSE : Duration.ofNanos(1));
      return now;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 99})
  void aPauseBetweenTwoReadingsMakesNoLifetimeWrong(int runs) {
    HistoryRecorder recorder = new PausingMachine(runs).recorder();

    Lifetime lifetime = recorder.endingAt(BEGIN.plusSeconds(60), Duration.ZERO);

    long end = Duration.ofSeconds(60).toNanos();
    assertThat(end).isBetween(lifetime.earliest(), lifetime.latest());
    assertThat(lifetime.latest() - lifetime.earliest())
        .as("how inexact it is")
        .isLessThan(PAUSE.plusMillis(1).toNanos());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3})
  void aLifetimeIsAsExactAsTheClocksAndTheTolerance(long millis) {
    HistoryRecorder recorder = new PausingMachine(99).recorder();

    Lifetime lifetime = recorder.endingAt(BEGIN.plusSeconds(60), Duration.ofMillis(millis));

    assertThat(lifetime.latest() - lifetime.earliest())
        .isBetween(2 * millis * 1_000_000, 2 * millis * 1_000_000 + 10);
  }
}
