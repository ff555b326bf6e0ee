package io.stowage.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.CapturedLog;
import io.stowage.core.support.TestClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Commit;
import io.stowage.spi.Expiry;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes and removals that are refused, begun again, batched and cleaned up after. */
class WriteProtocolTest {

  private final TestClock wall = new TestClock();
  private final Backend backend = new Backend(wall);
  private final Writer writer = new Writer(backend, wall, 100);

  @AfterEach
  void close() {
    writer.close();
  }

  /** Stores a version from outside the protocol. */
  private void storeRaw(String id, Version version, String payload) {
    backend
        .undisturbed()
        .store(Writer.STORE)
        .records()
        .commit(
            List.of(
                new Commit(
                    id,
                    version,
                    payload.getBytes(StandardCharsets.UTF_8),
                    Expiry.never(),
                    Precondition.none(),
                    Writer.GRACE)));
  }

  @Test
  void entriesAreAddedBeforeTheCommit() {
    writer.save("a", "red");

    assertThat(backend.disturbance().calls()).containsExactly(Call.ADD_ENTRIES, Call.COMMIT);
  }

  @Test
  void aWriterWhoseClockIsHoursBehindIsSetRightAndSucceeds() {
    Writer late = new Writer(backend, wall.ahead(Duration.ofHours(-3)), 100);

    WriteResult result = late.save("a", "red");
    late.finishCleanUp();

    assertThat(result.isStored()).isTrue();
    assertThat(result.storedVersion().micros()).isEqualTo(wall.micros());
    assertThat(late.clock.micros()).isEqualTo(wall.micros());
    assertThat(late.indexed("red", "a")).containsExactly(result.storedVersion());
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(2);
    late.save("b", "red");
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(3);
  }

  @Test
  void aWriterWhoseClockIsBehindAnotherTakesAVersionAboveTheStoredOne() {
    Writer late = new Writer(backend, wall.ahead(Duration.ofMillis(-400)), 100);
    Version stored = writer.save("a", "red").storedVersion();

    WriteResult result = late.save("a", "blue");
    late.finishCleanUp();

    assertThat(result.storedVersion()).isEqualTo(Version.of(stored.micros() + 1, 0));
    assertThat(late.storedKind("a")).isEqualTo("blue");
    assertThat(late.indexed("blue", "a")).containsExactly(result.storedVersion());
    assertThat(late.indexed("red", "a")).isEmpty();
  }

  @Test
  void aWriteThatIsRefusedFiftyTimesGivesUpAndLeavesNoEntries() {
    backend
        .disturbance()
        .beforeEvery(
            Call.COMMIT,
            () -> storeRaw("a", Version.of(writer.clock.next().micros() + 1_000, 0), "{}"));

    assertThatThrownBy(() -> writer.save("a", "red"))
        .isInstanceOfSatisfying(
            AdapterException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.isTransient()).isTrue();
            })
        .hasMessageContaining("'a'")
        .hasMessageContaining("50 times");
    writer.finishCleanUp();

    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(50);
    assertThat(writer.indexed("red", "a")).isEmpty();
  }

  @Test
  void theEntriesOfAnOverwrittenVersionAreRetired() {
    Version first = writer.save("a", "red").storedVersion();
    assertThat(writer.indexed("red", "a")).containsExactly(first);

    Version second = writer.save("a", "blue").storedVersion();
    writer.finishCleanUp();

    assertThat(writer.indexed("red", "a")).isEmpty();
    assertThat(writer.indexed("blue", "a")).containsExactly(second);
  }

  @Test
  void theEntriesOfARemovedItemAreRetired() {
    writer.saveAll("a=red", "b=red");

    long removed =
        writer.removals.remove(List.of(new Removal("a", null), new Removal("none", null)));
    writer.finishCleanUp();

    assertThat(removed).isEqualTo(1);
    assertThat(writer.storedVersion("a")).isNull();
    assertThat(writer.indexed("red", "a")).isEmpty();
    assertThat(writer.indexed("red", "b")).hasSize(1);
  }

  @Test
  void anItemOfAnotherVersionThanExpectedIsNotRemoved() {
    Version stored = writer.save("a", "red").storedVersion();

    long removed =
        writer.removals.remove(List.of(new Removal("a", Version.of(stored.micros() - 1, 0))));
    writer.finishCleanUp();

    assertThat(removed).isZero();
    assertThat(writer.storedVersion("a")).isEqualTo(stored);
    assertThat(writer.indexed("red", "a")).containsExactly(stored);
  }

  @Test
  void removalsGoOutInBatches() {
    Writer ofPairs = new Writer(backend, wall, 2);
    ofPairs.saveAll("a=red", "b=red", "c=red");
    backend.disturbance().forgetCalls();

    long removed =
        ofPairs.removals.remove(
            List.of(new Removal("a", null), new Removal("b", null), new Removal("c", null)));

    assertThat(removed).isEqualTo(3);
    assertThat(backend.disturbance().sizes(Call.REMOVE)).containsExactly(2, 1);
    ofPairs.close();
  }

  @Test
  void writesGoOutInBatches() {
    Writer ofPairs = new Writer(backend, wall, 2);

    List<WriteResult> results = ofPairs.saveAll("a=1", "b=2", "c=3", "d=4", "e=5");

    assertThat(backend.disturbance().sizes(Call.COMMIT)).containsExactly(2, 2, 1);
    assertThat(results).extracting(WriteResult::id).containsExactly("a", "b", "c", "d", "e");
    assertThat(results).allMatch(WriteResult::isStored);
    ofPairs.close();
  }

  @Test
  void anIdThatIsThereManyTimesIsWrittenOnce() {
    List<WriteResult> results = writer.saveAll("a=1", "b=2", "a=3", "a=4", "c=5");
    writer.finishCleanUp();

    assertThat(backend.disturbance().sizes(Call.COMMIT)).containsExactly(3);
    assertThat(results).extracting(WriteResult::id).containsExactly("a", "b", "a", "a", "c");
    assertThat(results).allMatch(WriteResult::isStored);
    assertThat(writer.storedKind("a")).isEqualTo("4");
    assertThat(results.get(3).storedVersion()).isEqualTo(writer.storedVersion("a"));
    assertThat(results.get(0).storedVersion()).isLessThan(results.get(2).storedVersion());
    assertThat(results.get(2).storedVersion()).isLessThan(results.get(3).storedVersion());
    assertThat(results.get(1).storedVersion()).isLessThan(results.get(3).storedVersion());
    assertThat(writer.indexed("1", "a")).isEmpty();
    assertThat(writer.indexed("3", "a")).isEmpty();
    assertThat(writer.indexed("4", "a")).hasSize(1);
  }

  @Test
  void writesWhoseResultsDependOnTheirExpiryAreSentInRounds() {
    List<StagedWrite> writes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      for (String id : List.of("a", "b", "c")) {
        Instant end = i == 2 ? Instant.EPOCH : Instant.parse("2100-01-01T00:00:00Z");
        writes.add(writer.staged(id, "k" + i, Precondition.none(), Expiry.at(end)));
      }
    }
    List<WriteResult> results = writer.protocol.write(writes);

    assertThat(backend.disturbance().sizes(Call.COMMIT)).containsExactly(3, 3, 3);
    assertThat(results.subList(0, 6)).allMatch(WriteResult::isStored);
    assertThat(results.subList(6, 9))
        .extracting(WriteResult::status)
        .containsOnly(WriteResult.Status.ALREADY_EXPIRED);
    assertThat(writer.storedKind("b")).isEqualTo("k1");
    assertThat(results.get(4).storedVersion()).isEqualTo(writer.storedVersion("b"));
  }

  @Test
  void ofTwoWritesOfAnIdTheLaterStaysAlthoughItIsRefusedAndBeginsAgain() {
    storeRaw("a", Version.of(wall.micros() + 400_000, 0), "{}");

    writer.saveAll("a=first", "b=x", "a=later");

    // It goes out twice, since it is not newer than what is stored.
    assertThat(backend.disturbance().sizes(Call.COMMIT)).containsExactly(2, 1);
    assertThat(writer.storedKind("a")).isEqualTo("later");
  }

  @Test
  void onlyWhatWasRefusedInABatchGoesOutAgain() {
    storeRaw("b", Version.of(wall.micros() + 400_000, 0), "{}");

    List<WriteResult> results = writer.saveAll("a=1", "b=2", "c=3");

    assertThat(backend.disturbance().sizes(Call.COMMIT)).containsExactly(3, 1);
    assertThat(results).allMatch(WriteResult::isStored);
    assertThat(results.get(0).storedVersion()).isEqualTo(writer.storedVersion("a"));
    assertThat(results.get(1).storedVersion()).isEqualTo(writer.storedVersion("b"));
  }

  @Test
  void aReplacedRecordThatCannotBeDecodedIsLoggedAndDoesNotFailTheWrite() {
    storeRaw("a", Version.of(wall.micros() - 1_000, 0), "no json");

    WriteResult result;
    String log;
    try (CapturedLog captured = new CapturedLog()) {
      result = writer.save("a", "red");
      writer.finishCleanUp();
      log = captured.text();
    }

    assertThat(result.isStored()).isTrue();
    assertThat(writer.storedKind("a")).isEqualTo("red");
    assertThat(log).contains("WARN").contains("item 'a' in store 'things'");
    assertThat(writer.dropped()).isZero();
  }

  @Test
  void nothingToWriteSendsNothing() {
    assertThat(writer.saveAll()).isEmpty();
    assertThat(writer.removals.remove(List.of())).isZero();
    assertThat(backend.disturbance().calls()).isEmpty();
  }
}
