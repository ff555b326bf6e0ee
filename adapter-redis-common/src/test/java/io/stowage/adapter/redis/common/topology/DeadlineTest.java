package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** How much time a call and its connections get. */
class DeadlineTest {

  private static final Duration LIMIT = Duration.ofMillis(40);

  /** Spends all that an attempt is allowed. */
  private static long spend(Deadline allowed) {
    long start = System.nanoTime();
    while (allowed.left() > 0) {
      LockSupport.parkNanos(allowed.left());
    }
    return System.nanoTime() - start;
  }

  @Test
  void timeToConnectDoesNotCount() {
    Deadline deadline = Deadline.in(Duration.ofHours(1));
    long left = deadline.left();
    long spent = deadline.connecting(LIMIT, DeadlineTest::spend);
    assertThat(spent).isGreaterThanOrEqualTo(LIMIT.toNanos() / 2);
    assertThat(deadline.left()).isGreaterThan(left - Duration.ofSeconds(30).toNanos());
    assertThat(deadline.length()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void allConnectionsOfACallTogetherHaveOneLimit() {
    Deadline deadline = Deadline.in(Duration.ZERO);
    long first = deadline.connecting(LIMIT, Deadline::left);
    assertThat(first).isBetween(1L, LIMIT.toNanos());
    deadline.connecting(LIMIT, DeadlineTest::spend);
    Duration rest = deadline.connecting(LIMIT, Deadline::length);
    assertThat(rest.toMillis()).isZero();
  }

  @Test
  void timeOfAnAttemptThatFailedCounts() {
    Deadline deadline = Deadline.in(LIMIT);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  deadline.connecting(
                      LIMIT,
                      allowed -> {
                        spend(allowed);
                        throw new IllegalStateException("no server");
                      }))
          .hasMessage("no server");
    }
    assertThat(deadline.left()).isNotPositive();
    Duration rest = deadline.connecting(LIMIT, Deadline::length);
    assertThat(rest).isZero();
  }
}
