package io.stowage.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.core.support.TestClock;
import io.stowage.spi.CommitResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionClockTest {

  private final TestClock wall = new TestClock();
  private final VersionClock clock = new VersionClock(wall, () -> 7);

  @Test
  void versionsOfManyThreadsNeverRepeatAndGrowInEachThread() throws Exception {
    int threads = 8;
    int each = 20_000;
    VersionClock shared = new VersionClock(InstantSource.system(), () -> 0);
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<List<Version>>> running = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      running.add(
          pool.submit(
              () -> {
                start.await(10, TimeUnit.SECONDS);
                List<Version> versions = new ArrayList<>(each);
                for (int i = 0; i < each; i++) {
                  versions.add(shared.next());
                }
                return versions;
              }));
    }
    Set<Version> all = new HashSet<>();
    for (Future<List<Version>> thread : running) {
      List<Version> versions = thread.get(60, TimeUnit.SECONDS);
      assertThat(versions).isSorted();
      all.addAll(versions);
    }
    pool.shutdownNow();

    assertThat(all).hasSize(threads * each);
  }

  @Test
  void aVersionIsOfTheTimeOnTheWallWithTheSuffixInItsLowerBits() {
    wall.move(Duration.ofHours(3));

    Version version = clock.next();

    assertThat(version).isEqualTo(Version.of(wall.micros(), 7));
  }

  @Test
  void versionsOfOneMicrosecondGrowByOne() {
    Version first = clock.next();

    assertThat(clock.next().micros()).isEqualTo(first.micros() + 1);
    assertThat(clock.next().micros()).isEqualTo(first.micros() + 2);
  }

  @Test
  void versionsGrowWhileTheWallClockGoesBackAndFollowItWhenItIsAheadAgain() {
    Version before = clock.next();
    wall.move(Duration.ofHours(-1));

    assertThat(clock.next().micros()).isEqualTo(before.micros() + 1);

    wall.move(Duration.ofHours(2));
    assertThat(clock.next().micros()).isEqualTo(wall.micros());
  }

  @Test
  void theNextVersionIsAboveOneThatWasObserved() {
    Version stored = Version.of(wall.micros() + 90_000_000, 4_095);

    clock.observe(stored);

    assertThat(clock.next()).isGreaterThan(stored);
    assertThat(clock.micros()).isEqualTo(wall.micros());
  }

  @Test
  void anObservedVersionOfThePastChangesNothing() {
    clock.observe(Version.of(wall.micros() - 1_000, 0));

    assertThat(clock.next().micros()).isEqualTo(wall.micros());
  }

  private void synchronize(long serverMicros) {
    clock.synchronize(clock.asked(), serverMicros);
  }

  @ParameterizedTest
  @ValueSource(longs = {-7_200_000_000L, -5_001, 5_001, 150_000, 400_000, 7_200_000_000L})
  void theTimeFollowsABackendThatIsFurtherAwayThanTheTolerance(long away) {
    Version before = clock.next();

    synchronize(wall.micros() + away);

    assertThat(clock.micros()).isEqualTo(wall.micros() + away);
    wall.move(Duration.ofMinutes(1));
    assertThat(clock.micros()).isEqualTo(wall.micros() + away);
    assertThat(clock.next()).isGreaterThan(before);
  }

  @ParameterizedTest
  @ValueSource(longs = {-5_000, -1, 0, 1, 5_000})
  void aBackendNearbyIsNotFollowed(long away) {
    synchronize(wall.micros() + away);

    assertThat(clock.micros()).isEqualTo(wall.micros());
  }

  @Test
  void aCorrectionIsTakenBackOnceTheWallClockIsSetRight() {
    synchronize(wall.micros() + 3_600_000_000L);
    wall.move(Duration.ofHours(1));

    synchronize(wall.micros());

    assertThat(clock.micros()).isEqualTo(wall.micros());
  }

  @Test
  void versionsGoOnGrowingWhenTheTimeIsCorrectedBackwards() {
    synchronize(wall.micros() + 3_600_000_000L);
    Version ahead = clock.next();

    synchronize(wall.micros());

    assertThat(clock.next().micros()).isEqualTo(ahead.micros() + 1);
  }

  /** The backend's time is as old as its answer: a thread may stand still before it reads it. */
  @Test
  void anAnswerThatIsReadLateDoesNotSetTheTimeBack() {
    long asked = clock.asked();
    long server = wall.micros() + 1_000;
    wall.move(Duration.ofSeconds(10));

    clock.synchronize(asked, server);

    assertThat(clock.micros()).isEqualTo(wall.micros());
  }

  @Test
  void anAnswerThatIsReadLateSetsATimeRightThatIsAhead() {
    long asked = clock.asked();
    long server = wall.micros() - 3_600_000_000L;
    wall.move(Duration.ofSeconds(10));

    clock.synchronize(asked, server);

    assertThat(clock.micros()).isEqualTo(wall.micros() - 3_600_000_000L);
  }

  /** Whatever its answer took, as long as it says that a version was too old. */
  @Test
  void aRefusalAsTooOldSetsTheTimeRightAtAnySkew() {
    long asked = clock.asked();
    long server = wall.micros() + 150_000;
    wall.move(Duration.ofMillis(200));

    clock.learn(asked, new CommitResult(CommitResult.Status.TOO_OLD, server, null, null));

    assertThat(clock.micros()).isEqualTo(wall.micros() + 150_000);
  }
}
