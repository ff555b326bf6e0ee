package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryLeasesTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final MemoryLeases leases = new MemoryLeases(clock, new Lifetime());

  @Test
  void oneHolderAtATimeHasALease() {
    assertThat(leases.acquire("sweep", "one", SECOND)).isTrue();
    assertThat(leases.acquire("sweep", "two", SECOND)).isFalse();
    assertThat(leases.acquire("reindex", "two", SECOND)).isTrue();
  }

  @Test
  void aLeaseEndsByItselfAtItsMillisecond() {
    leases.acquire("sweep", "one", SECOND);

    clock.advance(Duration.ofMillis(999));
    assertThat(leases.acquire("sweep", "two", SECOND)).isFalse();
    clock.advance(Duration.ofMillis(1));
    assertThat(leases.release("sweep", "one")).as("released after its end").isFalse();
    assertThat(leases.acquire("sweep", "two", SECOND)).isTrue();
  }

  @Test
  void itsHolderExtendsOrShortensItFromNow() {
    leases.acquire("sweep", "one", SECOND);
    clock.advance(Duration.ofMillis(900));
    assertThat(leases.acquire("sweep", "one", SECOND)).isTrue();
    clock.advance(Duration.ofMillis(900));
    assertThat(leases.acquire("sweep", "two", SECOND)).isFalse();

    assertThat(leases.acquire("sweep", "one", Duration.ofMillis(10))).isTrue();
    clock.advance(Duration.ofMillis(10));
    assertThat(leases.acquire("sweep", "two", SECOND)).isTrue();
  }

  @Test
  void onlyItsHolderReleasesIt() {
    leases.acquire("sweep", "one", SECOND);

    assertThat(leases.release("sweep", "two")).isFalse();
    assertThat(leases.acquire("sweep", "two", SECOND)).isFalse();
    assertThat(leases.release("sweep", "one")).isTrue();
    assertThat(leases.release("sweep", "one")).isFalse();
    assertThat(leases.acquire("sweep", "two", SECOND)).isTrue();
  }

  @Test
  void refusesALeaseOfNoTime() {
    assertThatThrownBy(() -> leases.acquire("sweep", "one", Duration.ofNanos(999_999)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration of lease 'sweep' is PT0.000999999S; allowed is 1 ms or more");
    assertThat(leases.acquire("sweep", "two", Duration.ofMillis(1))).isTrue();
  }

  @Test
  void oneOfManyTakersGetsIt() throws Exception {
    for (int round = 0; round < 200; round++) {
      String name = "lease-" + round;
      AtomicInteger taken = new AtomicInteger();
      Race.run(
          thread -> {
            if (leases.acquire(name, "holder-" + thread, SECOND)) {
              taken.incrementAndGet();
            }
          });
      assertThat(taken).as("round %s", round).hasValue(1);
    }
  }
}
