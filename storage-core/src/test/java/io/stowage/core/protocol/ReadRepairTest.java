package io.stowage.core.protocol;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Version;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.StorePorts;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadRepairTest {

  private static final IndexTerm RED = IndexTerm.exact("kind", "red");

  private final TestClock wall = new TestClock();
  private final Backend backend = new Backend(wall);
  private final Writer writer = Writer.undisturbed(backend, wall);
  private final StorePorts ports = backend.store(Writer.STORE);
  private final VersionClock clock = new VersionClock(wall, () -> 0);
  private final CleanUp cleanUp = new CleanUp("test-repair", Duration.ofMinutes(1));
  private final ReadRepair repair = new ReadRepair(ports, clock, cleanUp, Writer.GRACE);

  private Version current;

  @BeforeEach
  void storeAnItem() {
    current = writer.save("a", "red").storedVersion();
    wall.move(Duration.ofMinutes(5));
  }

  @AfterEach
  void close() {
    writer.close();
    cleanUp.close();
  }

  private static IndexEntry entry(String id, long micros) {
    return new IndexEntry(RED, new EntryRef(id, Version.of(micros, 0), micros));
  }

  private long boundary() {
    return wall.micros() - Writer.GRACE.toMillis() * 1_000;
  }

  @Test
  void deadAreThoseThatAreOldAndDoNotMatch() {
    IndexEntry matching = new IndexEntry(RED, new EntryRef("a", current, current.micros()));
    IndexEntry replaced = entry("a", current.micros() - 1);
    IndexEntry ofNothing = entry("gone", boundary() - 1);
    IndexEntry atBoundary = entry("gone", boundary());
    IndexEntry young = entry("gone", wall.micros());

    assertThat(repair.dead(List.of(matching, replaced, ofNothing, atBoundary, young)))
        .containsExactly(replaced, ofNothing);
  }

  @Test
  void entriesThatManyReadersMeetAreLookedAtOnce() throws Exception {
    List<IndexEntry> met =
        IntStream.range(0, 100).mapToObj(i -> entry("gone" + i, boundary() - 1 - i)).toList();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    cleanUp.submit(
        CleanUpJob.of(
            ports.indexes(),
            0,
            () -> {
              running.countDown();
              awaitUninterruptibly(released);
              return List.of();
            }));
    assertThat(running.await(60, SECONDS)).isTrue();

    for (int reader = 0; reader < 1_000; reader++) {
      repair.suspect(met);
    }
    assertThat(cleanUp.keptBytes()).isLessThan(2 * CleanUpJob.bytesOf(met));
    released.countDown();
    await().atMost(60, SECONDS).until(() -> cleanUp.keptBytes() == 0);
    assertThat(backend.disturbance().calls()).containsOnlyOnce(Call.VERSIONS);

    repair.suspect(met);
    cleanUp.close();
    assertThat(backend.disturbance().sizes(Call.VERSIONS)).containsExactly(100, 100);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void theBackendsTimeIsTakenBeforeTheVersions() {
    repair.dead(List.of(entry("gone", boundary() - 1)));

    assertThat(backend.disturbance().calls()).containsExactly(Call.SERVER_TIME, Call.VERSIONS);
  }

  @Test
  void theBackendsTimeDecidesNotTheLocalOne() {
    VersionClock ahead = new VersionClock(wall.ahead(Duration.ofHours(1)), () -> 0);
    ReadRepair hasty = new ReadRepair(ports, ahead, cleanUp, Writer.GRACE);
    IndexEntry young = entry("gone", wall.micros() - 1);
    backend.undisturbed().store(Writer.STORE).indexes().add(List.of(young));

    hasty.suspect(List.of(young));
    cleanUp.close();

    assertThat(backend.disturbance().calls()).containsExactly(Call.SERVER_TIME, Call.VERSIONS);
    assertThat(writer.indexed("red", "gone")).hasSize(1);
  }

  @Test
  void suspectsThatAreDeadAreRemovedInTheBackground() {
    IndexEntry dead = entry("gone", boundary() - 1);
    backend.undisturbed().store(Writer.STORE).indexes().add(List.of(dead));

    repair.suspect(List.of(dead, entry("gone", wall.micros())));
    cleanUp.close();

    assertThat(writer.indexed("red", "gone")).isEmpty();
    assertThat(backend.disturbance().sizes(Call.VERSIONS)).containsExactly(1);
    assertThat(writer.indexed("red", "a")).containsExactly(current);
  }

  @Test
  void suspectsThatAreAllYoungCostNothing() {
    repair.suspect(List.of(entry("gone", boundary())));
    cleanUp.close();

    assertThat(backend.disturbance().calls()).isEmpty();
  }
}
