package io.stowage.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.BatchResult;
import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.api.WriteResult.Status;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AtomicProtocolTest {

  private final TestClock wall = new TestClock();
  private final Backend backend = new Backend(wall);
  private final Writer writer = new Writer(backend, wall.ahead(Duration.ofMillis(1)), 100);
  private final Writer other = Writer.undisturbed(backend, wall);

  private Version stored;

  @BeforeEach
  void storeAnItem() {
    stored = other.save("old", "red").storedVersion();
  }

  @AfterEach
  void close() {
    writer.close();
    other.close();
  }

  private static void loseAnswer() {
    throw AdapterException.unanswered("answer lost", null);
  }

  private static void beUnavailable() {
    throw AdapterException.unavailable("no connection", null);
  }

  private static void refuse() {
    throw AdapterException.refused("no rights", null);
  }

  private BatchPart write(String id, String kind, Precondition precondition) {
    return BatchPart.of(writer.staged(id, kind, precondition));
  }

  private BatchPart save(String id, String kind) {
    return write(id, kind, Precondition.none());
  }

  private static BatchPart delete(String id, @Nullable Version expected) {
    return BatchPart.of(new Removal(id, expected));
  }

  private BatchResult apply(BatchPart... parts) {
    return writer.atomic.apply(List.of(parts));
  }

  private AdapterException fail(BatchPart... parts) {
    AdapterException failure =
        catchThrowableOfType(AdapterException.class, () -> writer.atomic.apply(List.of(parts)));
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void allIsAppliedAfterTheEntriesAreThereAndTheReplacedIsRetired() {
    BatchResult result =
        apply(
            write("old", "blue", Precondition.version(stored)),
            write("new", "blue", Precondition.absent()),
            save("more", "red"));
    writer.finishCleanUp();

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results()).extracting(WriteResult::id).containsExactly("old", "new", "more");
    for (WriteResult each : result.results()) {
      assertThat(each.storedVersion()).isEqualTo(writer.storedVersion(each.id()));
    }
    assertThat(backend.disturbance().calls())
        .containsExactly(Call.ADD_ENTRIES, Call.APPLY, Call.REMOVE_ENTRIES);
    assertThat(writer.indexed("red", "old")).isEmpty();
    assertThat(writer.indexed("blue", "old")).containsExactly(writer.storedVersion("old"));
  }

  @Test
  void deletesAreToldApart() {
    Version second = other.save("second", "red").storedVersion();

    BatchResult result = apply(delete("old", stored), delete("second", null), delete("no", null));
    writer.finishCleanUp();

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results())
        .containsExactly(
            new WriteResult("old", Status.DELETED, null),
            new WriteResult("second", Status.DELETED, null),
            new WriteResult("no", Status.ABSENT, null));
    assertThat(writer.storedVersion("old")).isNull();
    assertThat(writer.indexed("red", "second")).doesNotContain(second);
    assertThat(backend.disturbance().count(Call.ADD_ENTRIES)).as("nothing to add").isZero();
  }

  @Test
  void whatStoodInTheWayIsToldOfEachAndNothingIsApplied() {
    Version foreign = Version.of(1, 1);

    BatchResult result =
        apply(
            save("a", "blue"),
            write("old", "blue", Precondition.absent()),
            write("none", "blue", Precondition.version(foreign)),
            delete("b", null));
    writer.finishCleanUp();

    assertThat(result.isApplied()).isFalse();
    assertThat(result.results())
        .containsExactly(
            new WriteResult("a", Status.NOT_APPLIED, null),
            new WriteResult("old", Status.ALREADY_EXISTS, stored),
            new WriteResult("none", Status.ABSENT, null),
            new WriteResult("b", Status.NOT_APPLIED, null));
    assertThat(writer.storedVersion("a")).isNull();
    assertThat(writer.indexed("blue", "a")).isEmpty();
    assertThat(writer.indexed("blue", "old")).isEmpty();
    assertThat(writer.indexed("red", "old")).containsExactly(stored);
  }

  @Test
  void anotherVersionThanTheExpectedOneIsAConflict() {
    Version second = other.save("second", "red").storedVersion();
    Version foreign = Version.of(1, 1);

    BatchResult result =
        apply(
            write("old", "blue", Precondition.version(foreign)),
            delete("second", foreign),
            delete("none", foreign));

    assertThat(result.isApplied()).isFalse();
    assertThat(result.results())
        .containsExactly(
            new WriteResult("old", Status.VERSION_CONFLICT, stored),
            new WriteResult("second", Status.VERSION_CONFLICT, second),
            new WriteResult("none", Status.ABSENT, null));
  }

  @Test
  void aBatchThatIsNotNewerTakesFreshVersionsForAllOfIt() {
    other.clock.observe(Version.of(wall.micros() + 400_000, 0));
    other.save("old", "green");

    BatchResult result = apply(save("a", "blue"), save("old", "blue"));
    writer.finishCleanUp();

    assertThat(result.isApplied()).isTrue();
    assertThat(backend.disturbance().count(Call.APPLY)).isEqualTo(2);
    for (WriteResult each : result.results()) {
      assertThat(writer.indexed("blue", each.id())).containsExactly(each.storedVersion());
    }
  }

  @Test
  void aBatchOfAClockThatIsHoursBehindIsAppliedAtTheSecondAttempt() {
    Writer late = new Writer(backend, wall.ahead(Duration.ofHours(-3)), 100);

    BatchResult result =
        late.atomic.apply(List.of(BatchPart.of(late.staged("a", "red", Precondition.none()))));
    late.close();

    assertThat(result.isApplied()).isTrue();
    assertThat(late.clock.micros()).isEqualTo(wall.micros());
    assertThat(late.indexed("red", "a")).hasSize(1);
  }

  @Test
  void aConflictEndsABatchOfWhichAnotherPartIsNotNewer() {
    other.clock.observe(Version.of(wall.micros() + 400_000, 0));
    Version ahead = other.save("old", "green").storedVersion();

    BatchResult result =
        apply(save("old", "blue"), write("none", "blue", Precondition.version(stored)));

    assertThat(result.isApplied()).isFalse();
    assertThat(result.results())
        .containsExactly(
            new WriteResult("old", Status.NOT_APPLIED, ahead),
            new WriteResult("none", Status.ABSENT, null));
    assertThat(backend.disturbance().count(Call.APPLY)).isEqualTo(1);
  }

  @Test
  void aBatchIsRefusedAsNotNewerFiftyTimesAtMost() {
    backend
        .disturbance()
        .beforeEvery(
            Call.APPLY,
            () -> {
              other.clock.observe(Version.of(writer.clock.next().micros() + 1_000, 0));
              other.save("old", "green");
            });

    AdapterException failure = fail(save("a", "blue"), save("old", "blue"));
    writer.finishCleanUp();

    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure).hasMessageContaining("50 times");
    assertThat(writer.indexed("blue", "a")).isEmpty();
  }

  @Test
  void aBatchWhoseAnswerWasLostIsFoundAppliedByOneOfItsVersions() {
    backend
        .disturbance()
        .after(
            Call.APPLY,
            () -> {
              other.removals.remove(List.of(new Removal("a", null)));
              loseAnswer();
            });

    BatchResult result = apply(save("a", "blue"), save("b", "blue"), delete("old", stored));

    assertThat(result.isApplied()).isTrue();
    assertThat(result.results())
        .extracting(WriteResult::status)
        .containsExactly(Status.STORED, Status.STORED, Status.DELETED);
    assertThat(result.results().get(1).current()).isEqualTo(writer.storedVersion("b"));
    assertThat(backend.disturbance().count(Call.APPLY)).isEqualTo(1);
  }

  @Test
  void aBatchThatIsNotFoundAppliedIsUnknownAndKeepsItsEntries() {
    backend.disturbance().before(Call.APPLY, AtomicProtocolTest::loseAnswer);

    AdapterException failure = fail(save("a", "blue"), delete("old", stored));
    writer.finishCleanUp();

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(backend.disturbance().count(Call.APPLY)).isEqualTo(1);
    assertThat(writer.indexed("blue", "a")).hasSize(1);
  }

  @Test
  void aLostAnswerLeavesOpenWhetherThereWasAnItemToDelete() {
    backend.disturbance().after(Call.APPLY, AtomicProtocolTest::loseAnswer);

    AdapterException failure = fail(save("a", "blue"), delete("old", null));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(backend.disturbance().count(Call.VERSIONS)).isZero();
  }

  @Test
  void aBatchThatCannotBeLookedUpIsUnknown() {
    backend.disturbance().after(Call.APPLY, AtomicProtocolTest::loseAnswer);
    backend.disturbance().before(Call.VERSIONS, AtomicProtocolTest::beUnavailable);

    AdapterException failure = fail(save("a", "blue"));

    assertThat(failure).hasMessage("answer lost");
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  @Test
  void aBatchThatWasNotAppliedIsTriedAgainOnceWithFreshVersions() {
    backend.disturbance().before(Call.APPLY, AtomicProtocolTest::beUnavailable);

    BatchResult result = apply(save("a", "blue"));
    writer.finishCleanUp();

    assertThat(result.isApplied()).isTrue();
    assertThat(writer.indexed("blue", "a")).containsExactly(writer.storedVersion("a"));
    backend
        .disturbance()
        .before(Call.APPLY, AtomicProtocolTest::beUnavailable, AtomicProtocolTest::beUnavailable);
    assertThat(fail(save("b", "blue")).outcome()).isEqualTo(Outcome.NOT_APPLIED);
  }

  @Test
  void whatIsRefusedForGoodIsNotTriedAgainAndLeavesNoEntries() {
    backend.disturbance().before(Call.APPLY, AtomicProtocolTest::refuse);

    assertThat(fail(save("a", "blue"))).hasMessage("no rights");
    writer.finishCleanUp();

    assertThat(backend.disturbance().count(Call.APPLY)).isEqualTo(1);
    assertThat(writer.indexed("blue", "a")).isEmpty();
  }

  @Test
  void entriesThatCannotBeAddedForCertainMeanThatNothingWasApplied() {
    backend
        .disturbance()
        .after(Call.ADD_ENTRIES, AtomicProtocolTest::loseAnswer, AtomicProtocolTest::loseAnswer);

    AdapterException failure = fail(save("a", "blue"));
    writer.finishCleanUp();

    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(failure).hasMessageContaining("index entries").hasMessageContaining("answer lost");
    assertThat(backend.disturbance().count(Call.APPLY)).isZero();
    assertThat(writer.indexed("blue", "a")).isEmpty();
  }

  @Test
  void aLostAnswerOfTheSecondAttemptIsFoundOutToo() {
    backend.disturbance().before(Call.APPLY, AtomicProtocolTest::beUnavailable);
    backend.disturbance().after(Call.APPLY, AtomicProtocolTest::loseAnswer);

    assertThat(apply(save("a", "blue")).isApplied()).isTrue();
    assertThat(backend.disturbance().count(Call.APPLY)).isEqualTo(2);
  }

  @Test
  void badBatchesAreRefusedBeforeAnythingIsSent() {
    assertThatThrownBy(() -> apply())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> apply(save("a", "red"), save("b", "red"), delete("a", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> apply(save("a", "red"), save("apart-1", "red")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a', 'apart-1'")
        .hasMessageContaining("ids that do not begin with apart-");
    assertThat(backend.disturbance().calls()).isEmpty();
  }

  @Test
  void anAdapterWithoutBatchesRefusesThem() {
    Backend plain = Backend.withoutBatches(wall);
    Writer without = new Writer(plain, wall, 100);

    assertThatThrownBy(
            () ->
                without.atomic.apply(
                    List.of(BatchPart.of(without.staged("a", "red", Precondition.none())))))
        .isInstanceOfSatisfying(
            AdapterException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.isTransient()).isFalse();
            })
        .hasMessageContaining("no atomic batches");
    without.close();

    assertThat(plain.disturbance().calls()).isEmpty();
  }
}
