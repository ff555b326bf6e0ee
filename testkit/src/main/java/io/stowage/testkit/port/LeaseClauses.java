package io.stowage.testkit.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.spi.LeasePort;
import io.stowage.testkit.contract.Clause;
import java.time.Duration;
import org.awaitility.core.ConditionTimeoutException;

/** Leases. */
interface LeaseClauses extends Clauses {

  Duration LONG = Duration.ofMinutes(10);

  @Clause
  default void p821_aLeaseHasOneHolder() {
    LeasePort leases = bench().ports().leases();

    assertThat(leases.acquire("work", "first", LONG)).isTrue();
    assertThat(leases.acquire("work", "second", LONG)).isFalse();
    assertThat(leases.acquire("work", "first", LONG)).as("extended").isTrue();
    assertThat(leases.acquire("work", "second", LONG)).isFalse();
  }

  @Clause
  default void p822_aLeaseIsReleasedByItsHolderAlone() {
    LeasePort leases = bench().ports().leases();
    leases.acquire("work", "first", LONG);

    assertThat(leases.release("work", "second")).isFalse();
    assertThat(leases.acquire("work", "second", LONG)).isFalse();
    assertThat(leases.release("work", "first")).isTrue();
    assertThat(leases.release("work", "first")).as("released twice").isFalse();
    assertThat(leases.acquire("work", "second", LONG)).isTrue();
  }

  @Clause
  default void p823_aLeaseEndsByItself() {
    LeasePort leases = bench().ports().leases();
    leases.acquire("work", "crashed", Duration.ofMillis(80));

    assertThat(isAcquiredInTime(leases, "work", "next")).as("taken after its end").isTrue();
    assertThat(leases.release("work", "crashed")).as("released by the former holder").isFalse();
    assertThat(leases.acquire("work", "crashed", LONG)).isFalse();
  }

  /** Tries to take a lease until it is free. */
  private boolean isAcquiredInTime(LeasePort leases, String name, String holder) {
    try {
      eventually().until(() -> leases.acquire(name, holder, LONG));
      return true;
    } catch (ConditionTimeoutException late) {
      return false;
    }
  }

  @Clause
  default void p824_anExtendedLeaseLastsFromThen() {
    LeasePort leases = bench().ports().leases();
    leases.acquire("work", "first", Duration.ofMillis(200));
    assertThat(leases.acquire("work", "first", LONG)).isTrue();
    leases.acquire("clock", "first", Duration.ofMillis(300));

    assertThat(isAcquiredInTime(leases, "clock", "second")).as("taken after its end").isTrue();

    assertThat(leases.acquire("work", "second", LONG)).isFalse();
  }

  @Clause
  default void p825_leasesOfOtherNamesAndStoresAreOthers() {
    Bench bench = bench();
    LeasePort leases = bench.ports().leases();
    leases.acquire("work", "first", LONG);

    assertThat(leases.acquire("work-2", "second", LONG)).isTrue();
    assertThat(bench.neighbour(bench.name() + "x").ports().leases().acquire("work", "second", LONG))
        .isTrue();
    assertThat(bench.neighbour(bench.name()).ports().leases().acquire("work", "second", LONG))
        .isFalse();
  }

  @Clause
  default void p826_ofManyTakersOneHasTheLease() {
    LeasePort leases = bench().ports().leases();

    for (int round = 0; round < 10; round++) {
      String name = "work-" + round;
      assertThat(Race.run(thread -> leases.acquire(name, "taker " + thread, LONG)))
          .containsOnlyOnce(true);
    }
  }
}
