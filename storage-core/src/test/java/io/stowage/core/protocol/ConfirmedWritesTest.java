package io.stowage.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.support.Backend;
import io.stowage.core.support.Call;
import io.stowage.core.support.TestClock;
import io.stowage.spi.AdapterException;
import io.stowage.spi.Precondition;
import io.stowage.spi.Removal;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that wait for replicas, whose answers may say less than those of the masters. */
class ConfirmedWritesTest {

  private static final Durability ONE = Durability.replicas(1, Duration.ofSeconds(1));

  private final TestClock wall = new TestClock();
  private final Backend backend = Backend.withReplica(wall);
  private final WritePath path = WritePath.of(backend.store(Writer.STORE), ONE);
  private final Writer writer =
      new Writer(
          path, backend.undisturbed().store(Writer.STORE), wall.ahead(Duration.ofMillis(1)), 100);
  private final Writer other = Writer.undisturbed(backend, wall);

  @AfterEach
  void close() {
    writer.close();
    other.close();
  }

  private static void loseAnswer() {
    throw AdapterException.unanswered("answer lost", null);
  }

  private static void beUnconfirmed() {
    throw AdapterException.unconfirmed("0 of 1 replicas confirmed");
  }

  private static void beUnavailable() {
    throw AdapterException.unavailable("entries are not confirmed", null);
  }

  private AdapterException fail(ThrowingCallable write) {
    AdapterException failure = catchThrowableOfType(AdapterException.class, write);
    assertThat(failure).isNotNull();
    return failure;
  }

  @Test
  void writesWaitForReplicasAndTheCleanUpDoesNot() {
    other.saveAll("a=red", "b=red");

    writer.save("a", "blue");
    writer.removals.remove(List.of(new Removal("b", null)));
    writer.finishCleanUp();

    assertThat(backend.confirming().calls())
        .containsExactly(Call.ADD_ENTRIES, Call.COMMIT, Call.REMOVE);
    assertThat(backend.disturbance().calls()).containsOnly(Call.REMOVE_ENTRIES);
    assertThat(writer.indexed("red", "a")).isEmpty();
    assertThat(writer.indexed("red", "b")).isEmpty();
  }

  @Test
  void whatWasNotConfirmedIsUnknownAndNeverTriedAgain() {
    Version before = other.save("a", "red").storedVersion();
    backend.confirming().after(Call.COMMIT, ConfirmedWritesTest::beUnconfirmed);

    AdapterException failure = fail(() -> writer.write("a", "blue", Precondition.version(before)));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failure.isTransient()).isFalse();
    assertThat(backend.confirming().calls()).containsExactly(Call.ADD_ENTRIES, Call.COMMIT);
    assertThat(writer.storedKind("a")).isEqualTo("blue");
  }

  @Test
  void aSaveThatIsFoundStoredIsNotKnownToBeConfirmed() {
    backend.confirming().after(Call.COMMIT, ConfirmedWritesTest::loseAnswer);

    AdapterException failure = fail(() -> writer.save("a", "red"));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(writer.storedKind("a")).isEqualTo("red");
    assertThat(backend.confirming().calls()).containsExactly(Call.ADD_ENTRIES, Call.COMMIT);
  }

  @Test
  void aReplaceThatFindsItsOwnLostVersionIsNotKnownToBeConfirmed() {
    Version before = other.save("a", "red").storedVersion();
    backend.confirming().after(Call.COMMIT, ConfirmedWritesTest::loseAnswer);

    AdapterException failure = fail(() -> writer.write("a", "blue", Precondition.version(before)));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failure).hasMessageContaining("replicas");
    assertThat(backend.confirming().count(Call.COMMIT)).isEqualTo(2);
    assertThat(writer.storedKind("a")).isEqualTo("blue");
  }

  @Test
  void aReplaceThatIsAppliedAtTheSecondAttemptIsConfirmed() {
    Version before = other.save("a", "red").storedVersion();
    backend.confirming().before(Call.COMMIT, ConfirmedWritesTest::loseAnswer);

    WriteResult result = writer.write("a", "blue", Precondition.version(before));

    assertThat(result.storedVersion()).isEqualTo(writer.storedVersion("a"));
  }

  @Test
  void entriesThatAreNotConfirmedMeanThatNothingWasAppliedAndAreRemoved() {
    backend
        .confirming()
        .after(
            Call.ADD_ENTRIES,
            ConfirmedWritesTest::beUnavailable,
            ConfirmedWritesTest::beUnavailable);

    AdapterException failure = fail(() -> writer.save("a", "red"));
    writer.finishCleanUp();

    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(backend.confirming().count(Call.COMMIT)).isZero();
    assertThat(writer.indexed("red", "a")).isEmpty();
  }

  @Test
  void anAtomicBatchThatWasNotConfirmedIsUnknown() {
    backend.confirming().after(Call.APPLY, ConfirmedWritesTest::beUnconfirmed);

    AdapterException failure =
        fail(
            () ->
                writer.atomic.apply(
                    List.of(BatchPart.of(writer.staged("a", "red", Precondition.none())))));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(backend.confirming().calls()).containsExactly(Call.ADD_ENTRIES, Call.APPLY);
  }

  @Test
  void anAtomicBatchWhoseAnswerWasLostIsNotLookedUp() {
    backend.confirming().after(Call.APPLY, ConfirmedWritesTest::loseAnswer);

    AdapterException failure =
        fail(
            () ->
                writer.atomic.apply(
                    List.of(BatchPart.of(writer.staged("a", "red", Precondition.none())))));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(backend.confirming().count(Call.VERSIONS)).isZero();
    assertThat(backend.disturbance().count(Call.VERSIONS)).isZero();
  }

  @Test
  void entriesOfABatchThatAreNotConfirmedMeanThatNothingWasApplied() {
    backend
        .confirming()
        .after(
            Call.ADD_ENTRIES,
            ConfirmedWritesTest::beUnconfirmed,
            ConfirmedWritesTest::beUnconfirmed);

    AdapterException failure =
        fail(
            () ->
                writer.atomic.apply(
                    List.of(BatchPart.of(writer.staged("a", "red", Precondition.none())))));
    writer.finishCleanUp();

    assertThat(failure.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(backend.confirming().count(Call.APPLY)).isZero();
    assertThat(writer.indexed("red", "a")).isEmpty();
  }

  @Test
  void aBackendWithoutReplicasRefusesAllButTheMasters() {
    Backend alone = new Backend(wall);

    assertThat(WritePath.of(alone.store(Writer.STORE), Durability.master()).isConfirmed())
        .isFalse();
    assertThatThrownBy(() -> WritePath.of(alone.store(Writer.STORE), ONE))
        .isInstanceOfSatisfying(
            AdapterException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED))
        .hasMessageContaining("no replicas that confirm");
    assertThat(alone.disturbance().calls()).isEmpty();
  }
}
