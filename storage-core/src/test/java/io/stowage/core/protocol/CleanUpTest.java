package io.stowage.core.protocol;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Version;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.CapturedLog;
import io.stowage.core.support.TestClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Direction;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexPort;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CleanUpTest {

  private static final IndexTerm TERM = IndexTerm.exact("kind", "red");
  private static final int CAPACITY = 10_000;

  private final Backend backend = new Backend(new TestClock());
  private final IndexPort indexes = backend.store("one").indexes();
  private final CleanUp cleanUp = new CleanUp("test-clean-up", Duration.ofMinutes(1));
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

  private void submit(IndexPort port, Supplier<List<IndexEntry>> dead) {
    submit(cleanUp, port, dead);
  }

  private static void submit(CleanUp to, IndexPort port, Supplier<List<IndexEntry>> dead) {
    to.submit(CleanUpJob.of(port, 0, dead));
  }

  private void submit(IndexPort port, long bytes, Supplier<List<IndexEntry>> dead) {
    cleanUp.submit(CleanUpJob.of(port, bytes, dead));
  }

  private void submit(IndexPort port, Supplier<List<IndexEntry>> dead, IntConsumer onRemoved) {
    cleanUp.submit(new CleanUpJob(port, 0, dead, onRemoved, () -> {}));
  }

  /** Makes the background thread wait inside a job. */
  private void hold() throws InterruptedException {
    hold(cleanUp);
  }

  private void hold(CleanUp held) throws InterruptedException {
    submit(
        held,
        indexes,
        () -> {
          running.countDown();
          awaitUninterruptibly(released);
          return List.of();
        });
    assertThat(running.await(60, SECONDS)).isTrue();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      if (!latch.await(60, SECONDS)) {
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
      submit(i % 2 == 0 ? indexes : otherIndexes, () -> List.of(dead));
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
    IntStream.range(0, 600).forEach(i -> submit(indexes, () -> List.of(entry(i))));
    released.countDown();
    cleanUp.close();

    assertThat(backend.disturbance().sizes(Call.REMOVE_ENTRIES)).containsExactly(250, 250, 100);
  }

  @Test
  void whoHasMoreThanMayWaitRemovesItItself() throws Exception {
    indexes.add(List.of(entry(1)));
    hold();
    for (int i = 0; i < CAPACITY; i++) {
      submit(indexes, List::of);
    }

    submit(indexes, () -> List.of(entry(1)));

    assertThat(entriesOf(indexes)).isEmpty();
    assertThat(cleanUp.dropped()).isZero();
  }

  @Test
  void whatWaitsIsBoundedInBytesToo() throws Exception {
    indexes.add(List.of(entry(1)));
    hold();
    for (int i = 0; i < 7; i++) {
      submit(indexes, 10 << 20, i < 6 ? List::of : () -> List.of(entry(1)));
    }
    assertThat(entriesOf(indexes)).as("removed by the submitter").isEmpty();
    assertThat(cleanUp.keptBytes()).isBetween(60L << 20, CleanUp.MAX_BYTES);
    released.countDown();

    await().atMost(Duration.ofSeconds(60)).until(() -> cleanUp.keptBytes() == 0);
    assertThat(cleanUp.dropped()).isZero();
  }

  @Test
  void entriesCountWithTheBytesThatTheyTake() {
    List<IndexEntry> entries = IntStream.range(0, 100).mapToObj(CleanUpTest::entry).toList();

    assertThat(CleanUpJob.bytesOf(entries)).isBetween(100 * 200L, 100 * 1_000L);
  }

  @Test
  void whatIsTooMuchWhileTheBackendFailsIsDroppedAndToldOnce() throws Exception {
    backend
        .disturbance()
        .before(
            Call.REMOVE_ENTRIES,
            () -> {
              throw AdapterException.unanswered("time-out", null);
            });
    submit(indexes, () -> List.of(entry(1)));
    await().atMost(Duration.ofSeconds(60)).until(() -> cleanUp.dropped() == 1);
    hold();
    for (int i = 0; i < CAPACITY; i++) {
      submit(indexes, List::of);
    }

    try (CapturedLog log = new CapturedLog()) {
      for (int i = 0; i < 7; i++) {
        submit(indexes, List::of);
      }
      assertThat(log.text()).containsOnlyOnce("a clean-up was dropped");
    }
    assertThat(cleanUp.dropped()).isEqualTo(8);
  }

  @Test
  void whatComesAfterTheEndIsDroppedAndCounted() {
    cleanUp.close();

    submit(indexes, List::of);

    assertThat(cleanUp.dropped()).isEqualTo(1);
  }

  /** Many threads that make dead entries faster than one removes them leave none behind. */
  @Test
  void writersThatAreFasterThanTheCleanUpLeaveNothing() throws Exception {
    CleanUp small = new CleanUp("test-clean-up-small", Duration.ofMinutes(1), 50);
    int threads = 8;
    int each = 2_000;
    ExecutorService writers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread * each;
        ends.add(writers.submit(() -> addAndSubmit(small, first, each)));
      }
      for (Future<?> end : ends) {
        end.get(60, SECONDS);
      }
    } finally {
      writers.shutdownNow();
      small.close();
    }

    assertThat(entriesOf(indexes)).isEmpty();
    assertThat(small.dropped()).isZero();
  }

  private void addAndSubmit(CleanUp to, int first, int count) {
    for (int i = first; i < first + count; i++) {
      IndexEntry dead = entry(i);
      indexes.add(List.of(dead));
      submit(to, indexes, () -> List.of(dead));
    }
  }

  @Test
  void listenersAreToldOnTheBackgroundThreadOfWhatHelpersRemoved() throws Exception {
    indexes.add(List.of(entry(1), entry(2)));
    Queue<String> told = new ConcurrentLinkedQueue<>();
    IntConsumer listener = removed -> told.add(Thread.currentThread().getName() + " " + removed);
    hold();
    for (int i = 0; i < CAPACITY - 1; i++) {
      submit(indexes, List::of);
    }
    submit(indexes, () -> List.of(entry(1)), listener);
    submit(indexes, () -> List.of(entry(2)), listener);
    assertThat(entriesOf(indexes)).extracting(EntryRef::id).containsExactly("i1");
    assertThat(told).isEmpty();
    released.countDown();
    cleanUp.close();

    assertThat(told)
        .allMatch(line -> line.startsWith("test-clean-up "))
        .contains("test-clean-up 1");
  }

  /** What an embedder's function does ends no thread of ours. */
  @Test
  void anErrorDoesNotStopTheThread() throws Exception {
    indexes.add(List.of(entry(1)));
    submit(
        indexes,
        () -> {
          throw new StackOverflowError();
        });
    submit(indexes, () -> List.of(entry(1)));

    await().atMost(Duration.ofSeconds(60)).until(() -> entriesOf(indexes).isEmpty());
  }

  @Test
  void aJobThatFailsIsCountedAndTheOthersAreDone() throws Exception {
    indexes.add(List.of(entry(1), entry(2)));
    hold();
    submit(indexes, () -> List.of(entry(1)));
    submit(
        indexes,
        () -> {
          throw AdapterException.unavailable("no connection", null);
        });
    submit(
        indexes,
        () -> {
          throw new UnsupportedOperationException("a bug");
        });
    submit(indexes, () -> List.of(entry(2)));
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
    submit(indexes, () -> List.of(entry(1)));
    await().atMost(Duration.ofSeconds(60)).until(() -> cleanUp.dropped() == 1);

    submit(indexes, () -> List.of(entry(2)));
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
      submit(indexes, () -> List.of(dead));
    }
    released.countDown();
    cleanUp.close();

    assertThat(cleanUp.dropped()).isEqualTo(5);
  }

  @Test
  void closeFinishesWhatIsQueuedAndStopsTheThread() {
    Thread thread =
        threadNamed(
            "test-clean-up-to-stop", new CleanUp("test-clean-up-to-stop", Duration.ofMinutes(1)));

    await().atMost(Duration.ofSeconds(60)).until(() -> !thread.isAlive());
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
      submit(started, indexes, () -> List.of(entry(number)));
    }
    started.close();
    assertThat(entriesOf(indexes)).isEmpty();
    return thread;
  }

  @Test
  @Timeout(60)
  void closeWaitsForAJobThatHangsForAWhileOnly() throws Exception {
    CleanUp brief = new CleanUp("test-clean-up-brief", Duration.ofMillis(300));
    hold(brief);
    long begin = System.nanoTime();

    brief.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(299));
  }

  @Test
  @Timeout(30)
  void closeTwiceReturnsAtOnce() {
    cleanUp.close();

    cleanUp.close();
  }

  @Test
  void aThreadThatIsInterruptedWhileItClosesKeepsItsInterrupt() throws Exception {
    hold();
    Thread.currentThread().interrupt();

    cleanUp.close();

    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void errorsOfApplicationCodeDoNotEndTheThread() {
    indexes.add(List.of(entry(1), entry(2)));
    for (Error thrown :
        List.of(new AssertionError("made up"), new OutOfMemoryError("made up"), new Error())) {
      submit(
          indexes,
          () -> {
            throw thrown;
          });
      submit(
          indexes,
          () -> List.of(entry(1)),
          removed -> {
            throw thrown;
          });
    }

    submit(indexes, () -> List.of(entry(2)));

    await().atMost(60, SECONDS).until(() -> entriesOf(indexes).isEmpty());
    assertThat(cleanUp.dropped()).isPositive();
  }
}
