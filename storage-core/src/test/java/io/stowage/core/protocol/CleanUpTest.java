package io.stowage.core.protocol;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Version;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleanUpTest {

  private static final IndexTerm TERM = IndexTerm.exact("kind", "red");
  private static final int CAPACITY = 10_000;

  private final Backend backend = new Backend(new TestClock());
  private final IndexPort indexes = backend.store("one").indexes();
  private final CleanUp cleanUp = new CleanUp("test-clean-up");
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    cleanUp.close();
  }

  private static IndexEntry entry(int number) {
    return new IndexEntry(TERM, new EntryRef("i" + number, Version.of(number, 0), number));
  }

  private static List<EntryRef> entriesOf(IndexPort port) {
    return port.read(IndexRange.all(TERM), Direction.ASCENDING, null, 100_000);
  }

  /** Makes the background thread wait inside a job. */
  private void hold() throws InterruptedException {
    cleanUp.submit(
        indexes,
        () -> {
          running.countDown();
          awaitUninterruptibly(released);
          return List.of();
        });
    assertThat(running.await(10, SECONDS)).isTrue();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      if (!latch.await(30, SECONDS)) {
        throw new IllegalStateException("the test did not release the thread");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void jobsThatWaitTogetherAreRemovedTogetherForEachPort() throws Exception {
    Backend second = new Backend(new TestClock());
    IndexPort otherIndexes = second.store("other").indexes();
    for (int i = 0; i < 100; i++) {
      indexes.add(List.of(entry(i)));
      otherIndexes.add(List.of(entry(i)));
    }
    hold();
    for (int i = 0; i < 100; i++) {
      IndexEntry dead = entry(i);
      cleanUp.submit(i % 2 == 0 ? indexes : otherIndexes, () -> List.of(dead));
    }
    released.countDown();
    cleanUp.close();

    assertThat(backend.disturbance().sizes(Call.REMOVE_ENTRIES)).containsExactly(50);
    assertThat(second.disturbance().sizes(Call.REMOVE_ENTRIES)).containsExactly(50);
    assertThat(entriesOf(indexes)).extracting(EntryRef::id).contains("i1").doesNotContain("i0");
    assertThat(entriesOf(otherIndexes)).extracting(EntryRef::id).contains("i0");
    assertThat(cleanUp.dropped()).isZero();
  }

  @Test
  void manyJobsAreRemovedInSeveralBatches() throws Exception {
    hold();
    IntStream.range(0, 600).forEach(i -> cleanUp.submit(indexes, () -> List.of(entry(i))));
    released.countDown();
    cleanUp.close();

    assertThat(backend.disturbance().sizes(Call.REMOVE_ENTRIES)).containsExactly(250, 250, 100);
  }

  @Test
  void jobsBeyondTheBoundAreDroppedAndCounted() throws Exception {
    hold();
    for (int i = 0; i < CAPACITY + 7; i++) {
      cleanUp.submit(indexes, List::of);
    }

    assertThat(cleanUp.dropped()).isEqualTo(7);
  }

  @Test
  void jobsThatKeepTooMuchMemoryAreDroppedUntilThereIsRoom() throws Exception {
    indexes.add(List.of(entry(1)));
    hold();
    for (int i = 0; i < 7; i++) {
      cleanUp.submit(indexes, 10 << 20, List::of);
    }
    assertThat(cleanUp.dropped()).isEqualTo(1);
    released.countDown();

    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              cleanUp.submit(indexes, 60 << 20, () -> List.of(entry(1)));
              return entriesOf(indexes).isEmpty();
            });
  }

  /** What an embedder's function does ends no thread of ours. */
  @Test
  void anErrorDoesNotStopTheThread() throws Exception {
    indexes.add(List.of(entry(1)));
    cleanUp.submit(
        indexes,
        () -> {
          throw new StackOverflowError();
        });
    cleanUp.submit(indexes, () -> List.of(entry(1)));

    await().atMost(Duration.ofSeconds(10)).until(() -> entriesOf(indexes).isEmpty());
  }

  @Test
  void aJobThatFailsIsCountedAndTheOthersAreDone() throws Exception {
    indexes.add(List.of(entry(1), entry(2)));
    hold();
    cleanUp.submit(indexes, () -> List.of(entry(1)));
    cleanUp.submit(
        indexes,
        () -> {
          throw AdapterException.unavailable("no connection", null);
        });
    cleanUp.submit(
        indexes,
        () -> {
          throw new UnsupportedOperationException("a bug");
        });
    cleanUp.submit(indexes, () -> List.of(entry(2)));
    released.countDown();
    cleanUp.close();

    assertThat(entriesOf(indexes)).isEmpty();
    assertThat(cleanUp.dropped()).isEqualTo(2);
  }

  @Test
  void aRemovalThatFailsDoesNotStopTheThread() {
    indexes.add(List.of(entry(1), entry(2)));
    backend
        .disturbance()
        .before(
            Call.REMOVE_ENTRIES,
            () -> {
              throw AdapterException.unanswered("time-out", null);
            });
    cleanUp.submit(indexes, () -> List.of(entry(1)));
    await().atMost(Duration.ofSeconds(10)).until(() -> cleanUp.dropped() == 1);

    cleanUp.submit(indexes, () -> List.of(entry(2)));
    cleanUp.close();

    assertThat(entriesOf(indexes)).extracting(EntryRef::id).containsExactly("i1");
    assertThat(cleanUp.dropped()).isEqualTo(1);
  }

  @Test
  void everyJobOfARemovalThatFailsIsCounted() throws Exception {
    backend
        .disturbance()
        .before(
            Call.REMOVE_ENTRIES,
            () -> {
              throw AdapterException.unanswered("time-out", null);
            });
    hold();
    for (int i = 0; i < 5; i++) {
      IndexEntry dead = entry(i);
      cleanUp.submit(indexes, () -> List.of(dead));
    }
    released.countDown();
    cleanUp.close();

    assertThat(cleanUp.dropped()).isEqualTo(5);
  }

  @Test
  void closeFinishesWhatIsQueuedAndStopsTheThread() {
    Thread thread = threadNamed("test-clean-up-to-stop", new CleanUp("test-clean-up-to-stop"));

    await().atMost(Duration.ofSeconds(10)).until(() -> !thread.isAlive());
  }

  private Thread threadNamed(String name, CleanUp started) {
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(candidate -> candidate.getName().equals(name))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      indexes.add(List.of(entry(i)));
      started.submit(indexes, () -> List.of(entry(number)));
    }
    started.close();
    assertThat(entriesOf(indexes)).isEmpty();
    return thread;
  }

  @Test
  void closeWaitsForAJobThatHangsForAboutASecondOnly() throws Exception {
    hold();
    long begin = System.nanoTime();

    cleanUp.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
  }

  @Test
  void closeTwiceReturnsAtOnce() {
    cleanUp.close();
    long begin = System.nanoTime();

    cleanUp.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(900));
  }

  @Test
  void aThreadThatIsInterruptedWhileItClosesKeepsItsInterrupt() throws Exception {
    hold();
    Thread.currentThread().interrupt();

    cleanUp.close();

    assertThat(Thread.interrupted()).isTrue();
  }
}
