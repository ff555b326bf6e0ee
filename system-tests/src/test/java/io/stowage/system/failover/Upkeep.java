package io.stowage.system.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.DoctorReport;
import io.stowage.api.Maintenance;
import io.stowage.api.SweepOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the doctor must say of a store after it was at work. */
final class Upkeep {

  private static final Duration DEADLINE = Clients.PATIENCE;

  private Upkeep() {}

  /** Nothing but what the protocol allows now, and nothing after the grace period and a sweep. */
  static void assertHealthyAndThenClean(Maintenance maintenance, Duration grace) {
    DoctorReport report = maintenance.check(progress -> {});
    assertThat(report.isHealthy()).as("%s", report).isTrue();
    // Until the grace period is over, entries may be left; nothing but the time says when.
    long over = System.nanoTime() + grace.toNanos() + TimeUnit.MILLISECONDS.toNanos(100);
    await().atMost(grace.plus(DEADLINE)).until(() -> System.nanoTime() > over);
    assertThat(maintenance.sweep(SweepOptions.defaults()).isComplete()).isTrue();
    DoctorReport after = maintenance.check(progress -> {});
    assertThat(after.isClean()).as("%s", after).isTrue();
  }
}
