package io.stowage.adapter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.spi.Commit;
import io.stowage.spi.CommitResult;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Touch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Expired records are freed, whether or not anybody reads or writes. */
class ExpiredRecordsTest {

  private final TestClock clock = new TestClock();
  private final Lifetime lifetime = new Lifetime();
  private final Queue<Runnable> planned = new ArrayDeque<>();
  private final StoreParts store = StoreParts.of(clock, lifetime, planned::add);
  private final MemoryRecords records = new MemoryRecords(store);
  private int versions;

  private Commit commit(String id, Expiry expiry) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return new Commit(
        id,
        Version.of(micros, ++versions),
        new byte[1],
        expiry,
        Precondition.none(),
        Duration.ofMinutes(1));
  }

  private void save(String id, Expiry expiry) {
    assertThat(records.commit(List.of(commit(id, expiry))))
        .extracting(CommitResult::status)
        .containsExactly(CommitResult.Status.APPLIED);
  }

  private void aSecondPasses() {
    clock.advance(Duration.ofSeconds(1));
    int due = planned.size();
    for (int i = 0; i < due; i++) {
      planned.remove().run();
    }
  }

  @Test
  void aLookThatCannotBePlannedFailsNoWriteAndIsPlannedByTheNext() {
    AtomicInteger refusals = new AtomicInteger(1);
    Executor full =
        work -> {
          if (refusals.getAndDecrement() > 0) {
            throw new OutOfMemoryError("made up: no native thread");
          }
          planned.add(work);
        };
    StoreParts parts = StoreParts.of(clock, lifetime, full);
    MemoryRecords others = new MemoryRecords(parts);
    others.commit(List.of(commit("a", Expiry.after(Duration.ofMillis(10)))));
    assertThat(planned).isEmpty();

    others.commit(List.of(commit("b", Expiry.after(Duration.ofMillis(10)))));
    assertThat(planned).hasSize(1);
    aSecondPasses();

    assertThat(parts.records().held()).isZero();
  }

  @Test
  void aLookThatFailsIsFollowedByAnother() {
    AtomicInteger failures = new AtomicInteger();
    InstantSource broken =
        () -> {
          if (failures.getAndDecrement() > 0) {
            throw new AssertionError("made up");
          }
          return clock.instant();
        };
    StoreParts parts = StoreParts.of(broken, lifetime, planned::add);
    new MemoryRecords(parts).commit(List.of(commit("a", Expiry.after(Duration.ofMillis(10)))));

    failures.set(1);
    aSecondPasses();
    assertThat(parts.records().held()).isEqualTo(1);
    assertThat(planned).hasSize(1);
    aSecondPasses();

    assertThat(parts.records().held()).isZero();
  }

  @Test
  void nobodyNeedsToReadOrWrite() {
    for (int i = 0; i < 1_000; i++) {
      save("id" + i, Expiry.after(Duration.ofMillis(2_500)));
    }
    save("stays", Expiry.never());
    assertThat(planned).as("one look, however many expire").hasSize(1);

    aSecondPasses();
    aSecondPasses();
    assertThat(store.records().held()).as("none has expired").isEqualTo(1_001);
    assertThat(planned).as("the next look").hasSize(1);
    aSecondPasses();

    assertThat(store.records().held()).isEqualTo(1);
    assertThat(store.records().anyExpires()).isFalse();
    assertThat(planned).as("nothing can expire any more").isEmpty();
  }

  @Test
  void nothingIsPlannedUntilSomethingCanExpire() {
    save("a", Expiry.never());
    assertThat(planned).isEmpty();

    records.touch(List.of(new Touch("a", null, Expiry.after(Duration.ofMillis(10)))));
    assertThat(planned).hasSize(1);
    aSecondPasses();

    assertThat(store.records().held()).isZero();
  }

  @Test
  void aClosedAdapterPlansNothing() {
    save("a", Expiry.after(Duration.ofHours(1)));
    lifetime.end();
    aSecondPasses();

    assertThat(planned).isEmpty();
  }

  /** The real executor: an item that nobody touches is gone from the heap after some seconds. */
  @Test
  void theJdkCallsBack() {
    StoreParts real =
        StoreParts.of(InstantSource.system(), lifetime, ExpiredRecords.aSecondLater());
    MemoryRecords other = new MemoryRecords(real);
    Version version = Version.of(other.serverMicros(), 1);
    other.commit(
        List.of(
            new Commit(
                "a",
                version,
                new byte[1],
                Expiry.after(Duration.ofMillis(50)),
                Precondition.none(),
                Duration.ofMinutes(1))));

    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> real.records().held() == 0);
  }
}
