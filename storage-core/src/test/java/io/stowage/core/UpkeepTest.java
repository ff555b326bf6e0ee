package io.stowage.core;

import static io.stowage.core.support.TestPlatform.THINGS;
import static io.stowage.core.support.TestPlatform.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.api.Document;
import io.stowage.api.MaintenanceListener;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.api.StoreOptions;
import io.stowage.api.SweepReport;
import io.stowage.api.Version;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.CapturedLog;
import io.stowage.core.support.TestPlatform;
import io.stowage.spi.EntryRef;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The upkeep that runs by itself while a platform is open. */
class UpkeepTest {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final MaintenanceListener listener =
      new MaintenanceListener() {
        @Override
        public void swept(String store, SweepReport report) {
          told.add("swept " + store + " " + report.removed());
          throw new IllegalArgumentException("the listener fails");
        }

        @Override
        public void repaired(String store, int entries) {
          told.add("repaired " + store + " " + entries);
          throw new IllegalArgumentException("the listener fails");
        }
      };
  private final TestPlatform test = new TestPlatform(listener, Backend::new);

  @AfterEach
  void close() {
    test.close();
  }

  private static StoreOptions sweptEvery(Duration period) {
    return StoreOptions.builder().sweepEvery(period).build();
  }

  /** An entry of an item that is gone, in no index key that a query of the test meets. */
  private void leaveDeadEntry(String kind) {
    Version old = Version.of(test.clock.micros() - 3_600_000_000L, 0);
    test.backend
        .undisturbed()
        .store(TestPlatform.STORE)
        .indexes()
        .add(
            List.of(
                new IndexEntry(
                    IndexTerm.exact("kind", kind), new EntryRef("gone", old, old.micros()))));
  }

  @Test
  void anOpenStoreIsSweptInTheBackgroundAndTheListenerIsTold() {
    leaveDeadEntry("red");
    test.store(THINGS, sweptEvery(Duration.ofMillis(5)));

    await().atMost(DEADLINE).until(() -> told.contains("swept things 1"));
    assertThat(test.entries("red")).isEmpty();
    await().atMost(DEADLINE).until(() -> told.contains("swept things 0"));
  }

  @Test
  void aStoreWithoutAPeriodIsNotSwept() {
    leaveDeadEntry("red");
    test.store(THINGS, sweptEvery(Duration.ZERO));
    test.store(THINGS, StoreOptions.defaults());

    assertThat(test.disturbance().count(Call.ACQUIRE)).isZero();
    assertThat(test.entries("red")).hasSize(1);
  }

  @Test
  void closingLeavesNoLeaseBehind() {
    test.store(THINGS, sweptEvery(Duration.ofMillis(1)));
    await().atMost(DEADLINE).until(() -> test.disturbance().count(Call.ACQUIRE) > 0);

    test.platform.close();

    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(test.disturbance().count(Call.RELEASE))
                    .isEqualTo(test.disturbance().count(Call.ACQUIRE)));
  }

  @Test
  void whatQueriesRepairIsToldAndAListenerThatFailsIsLogged() {
    Storage<Document> things = test.store(THINGS, sweptEvery(Duration.ZERO));
    things.save(thing("a", "red", 1));
    leaveDeadEntry("red");

    String log;
    try (CapturedLog captured = new CapturedLog()) {
      assertThat(things.list(Query.where("kind").is("red"))).hasSize(1);
      await()
          .atMost(DEADLINE)
          .until(() -> captured.text().contains("failed to take note of upkeep"));
      test.platform.close();
      log = captured.text();
    }

    assertThat(told).containsExactly("repaired things 1");
    assertThat(test.disturbance().sizes(Call.REMOVE_ENTRIES)).containsExactly(1);
    assertThat(log).contains("WARN").contains("failed to take note of upkeep");
  }
}
