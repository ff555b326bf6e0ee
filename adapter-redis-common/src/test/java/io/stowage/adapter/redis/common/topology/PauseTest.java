package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PauseTest {

  @Test
  void nothingIsTriedAgainWithoutTimeForItsAnswer() {
    Deadline deadline = Deadline.in(Duration.ofMillis(200));
    while (deadline.left() > Duration.ofMillis(20).toNanos()) {
      Thread.onSpinWait();
    }

    assertThat(Pause.before(0, deadline)).isFalse();
    assertThat(deadline.allowsAnother(0)).isFalse();
  }

  @Test
  @Timeout(60)
  void aPauseThatLeavesTooLittleIsNotMade() {
    Deadline deadline = Deadline.in(Duration.ofHours(1));

    assertThat(deadline.allowsAnother(Duration.ofMinutes(53).toNanos())).isTrue();
    assertThat(deadline.allowsAnother(Duration.ofMinutes(55).toNanos())).isFalse();
  }

  @Test
  void whatFailedIsTriedAgainWhileThereIsTime() {
    Deadline deadline = Deadline.in(Duration.ofHours(1));
    for (int tries = 0; tries < 6; tries++) {
      long before = System.nanoTime();
      assertThat(Pause.before(tries, deadline)).isTrue();
      assertThat(System.nanoTime() - before)
          .as("nanoseconds before try %d", tries)
          .isGreaterThanOrEqualTo(Duration.ofMillis(Math.min(5L << tries, 80)).toNanos());
    }
  }

  @Test
  void anInterruptedThreadTriesNothingAgain() {
    Thread.currentThread().interrupt();

    assertThat(Pause.before(0, Deadline.in(Duration.ofHours(1)))).isFalse();

    assertThat(Thread.interrupted()).as("is the thread's flag set again").isTrue();
  }
}
