package io.stowage.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

/** Writes whose attempts fail, or whose answers are lost after they were applied. */
class LostAnswersTest {

  private final TestClock wall = new TestClock();
  private final Backend backend = new Backend(wall);
  private final Writer writer = new Writer(backend, wall.ahead(Duration.ofMillis(1)), 100);
  private final Writer other = Writer.undisturbed(backend, wall);

  @AfterEach
  void close() {
    writer.close();
    other.close();
  }

  private static void pass() {}

  private static void loseAnswer() {
    throw AdapterException.unanswered("answer lost", null);
  }

  private static void beUnavailable() {
    throw AdapterException.unavailable("no connection", null);
  }

  private static void refuse() {
    throw AdapterException.refused("no rights", null);
  }

  @Test
  void aSaveWhoseAnswerWasLostIsFoundStoredAndNotSentAgain() {
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);

    WriteResult result = writer.save("a", "red");
    writer.finishCleanUp();

    assertThat(result.status()).isEqualTo(WriteResult.Status.STORED);
    assertThat(writer.storedVersion("a")).isEqualTo(result.storedVersion());
    assertThat(backend.disturbance().calls())
        .containsExactly(Call.ADD_ENTRIES, Call.COMMIT, Call.VERSIONS);
    assertThat(writer.indexed("red", "a")).containsExactly(result.storedVersion());
  }

  @Test
  void aSaveThatIsNotFoundStoredIsUnknownAndKeepsItsEntries() {
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::loseAnswer);

    assertUnknown(() -> writer.save("a", "red"));
    writer.finishCleanUp();

    assertThat(backend.disturbance().calls())
        .containsExactly(Call.ADD_ENTRIES, Call.COMMIT, Call.VERSIONS);
    assertThat(writer.indexed("red", "a")).as("its commit may be on its way").hasSize(1);
  }

  @Test
  void aSaveThatWasOverwrittenWhileItsAnswerWasLostIsNotAppliedAgain() {
    backend
        .disturbance()
        .after(
            Call.COMMIT,
            () -> {
              other.clock.observe(writer.storedVersion("a"));
              other.save("a", "green");
              loseAnswer();
            });

    assertUnknown(() -> writer.save("a", "red"));

    assertThat(writer.storedKind("a")).isEqualTo("green");
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
  }

  @Test
  void aSaveIsUnknownIfItCannotBeLookedUpEither() {
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);
    backend.disturbance().before(Call.VERSIONS, LostAnswersTest::beUnavailable);

    AdapterException failure = assertUnknown(() -> writer.save("a", "red"));

    assertThat(failure).hasMessage("answer lost");
    assertThat(failure.getSuppressed()).singleElement().asString().contains("no connection");
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
  }

  @Test
  void ofABatchOnlyTheItemsWhoseAnswersWereLostAreLookedUp() {
    other.clock.observe(Version.of(wall.micros() + 400_000, 0));
    other.save("b", "blue");
    // The first attempt is refused for 'b' alone; the answer to the second is lost.
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::pass, LostAnswersTest::loseAnswer);

    List<WriteResult> results = writer.saveAll("a=red", "b=red", "c=red");

    assertThat(results).allMatch(WriteResult::isStored);
    assertThat(backend.disturbance().sizes(Call.COMMIT)).containsExactly(3, 1);
    assertThat(backend.disturbance().sizes(Call.VERSIONS)).containsExactly(1);
    assertThat(results.get(1).storedVersion()).isEqualTo(writer.storedVersion("b"));
  }

  @Test
  void aBatchOfWhichOnlyAPartIsFoundStoredIsUnknown() {
    backend
        .disturbance()
        .after(
            Call.COMMIT,
            () -> {
              other.removals.remove(List.of(new Removal("b", null)));
              loseAnswer();
            });

    assertUnknown(() -> writer.saveAll("a=red", "b=red"));

    assertThat(backend.disturbance().sizes(Call.VERSIONS)).containsExactly(2);
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
    assertThat(writer.storedKind("a")).isEqualTo("red");
  }

  private static AdapterException assertUnknown(ThrowingCallable write) {
    AdapterException failure = catchThrowableOfType(AdapterException.class, write);
    assertThat(failure).isNotNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    return failure;
  }

  @Test
  void theEntriesOfAnAttemptThatWasNotAppliedAreRemoved() {
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::beUnavailable);

    WriteResult result = writer.save("a", "red");
    writer.finishCleanUp();

    assertThat(writer.indexed("red", "a")).containsExactly(result.storedVersion());
    assertThat(backend.disturbance().count(Call.REMOVE_ENTRIES)).isEqualTo(1);
  }

  @Test
  void aSaveIsTriedTwiceAtMost() {
    backend
        .disturbance()
        .before(Call.COMMIT, LostAnswersTest::beUnavailable, LostAnswersTest::beUnavailable);

    assertThatThrownBy(() -> writer.save("a", "red"))
        .isInstanceOfSatisfying(
            AdapterException.class,
            e -> {
              assertThat(e.outcome()).isEqualTo(Outcome.NOT_APPLIED);
              assertThat(e.isTransient()).isTrue();
            });
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(2);
    assertThat(writer.storedVersion("a")).isNull();
  }

  @Test
  void whatIsRefusedForGoodIsNotTriedAgain() {
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::refuse);

    assertThatThrownBy(() -> writer.save("a", "red"))
        .isInstanceOf(AdapterException.class)
        .hasMessage("no rights");
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
  }

  /** A conditional write whose first attempt is lost on its way, so that it begins again. */
  private AdapterException replaceAgain(Runnable secondAttempt) {
    Version before = other.save("a", "red").storedVersion();
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::loseAnswer, secondAttempt);
    return assertUnknown(() -> writer.write("a", "blue", Precondition.version(before)));
  }

  @Test
  void theOutcomeIsUnknownIfTheFirstAnswerWasLostAndTheSecondAttemptWasNotSent() {
    AdapterException failure = replaceAgain(LostAnswersTest::beUnavailable);

    assertThat(failure.isTransient()).isTrue();
    assertThat(failure).hasMessageContaining("no connection");
  }

  @Test
  void theOutcomeIsUnknownIfTheFirstAnswerWasLostAndTheSecondAttemptWasRefusedForGood() {
    AdapterException failure = replaceAgain(LostAnswersTest::refuse);

    assertThat(failure.isTransient()).isFalse();
    assertThat(failure).hasMessageContaining("no rights");
  }

  @Test
  void theOutcomeIsUnknownIfAnEarlierBatchWasStored() {
    Writer ofPairs = new Writer(backend, wall, 2);
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::pass, LostAnswersTest::refuse);

    AdapterException failure =
        catchThrowableOfType(
            AdapterException.class, () -> ofPairs.saveAll("a=red", "b=red", "c=red"));
    ofPairs.close();

    assertThat(writer.storedVersion("a")).isNotNull();
    assertThat(writer.storedVersion("c")).isNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void theOutcomeOfRemovalsIsUnknownIfAnEarlierBatchWasRemoved() {
    Writer ofOne = new Writer(backend, wall, 1);
    other.saveAll("a=red", "b=red");
    backend
        .disturbance()
        .before(Call.REMOVE, LostAnswersTest::pass, LostAnswersTest::beUnavailable);

    AdapterException failure =
        catchThrowableOfType(
            AdapterException.class,
            () -> ofOne.removals.remove(List.of(new Removal("a", null), new Removal("b", null))));
    ofOne.close();

    assertThat(writer.storedVersion("a")).isNull();
    assertThat(writer.storedVersion("b")).isNotNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void anInsertWhoseAnswerWasLostIsFoundStored() {
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);

    WriteResult result = writer.write("a", "red", Precondition.absent());
    writer.finishCleanUp();

    assertThat(result.storedVersion()).isEqualTo(writer.storedVersion("a"));
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
    assertThat(writer.indexed("red", "a")).containsExactly(result.storedVersion());
  }

  @Test
  void anInsertThatWasDeletedWhileItsAnswerWasLostIsNotTriedAgain() {
    backend
        .disturbance()
        .after(
            Call.COMMIT,
            () -> {
              other.removals.remove(List.of(new Removal("a", null)));
              loseAnswer();
            });

    assertUnknown(() -> writer.write("a", "red", Precondition.absent()));

    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
    assertThat(writer.storedVersion("a")).isNull();
  }

  @Test
  void anInsertThatWasNotSentIsTriedAgain() {
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::beUnavailable);

    WriteResult result = writer.write("a", "red", Precondition.absent());

    assertThat(result.isStored()).isTrue();
    assertThat(writer.storedKind("a")).isEqualTo("red");
  }

  @Test
  void anInsertThatFindsAnItemAnswersItsVersionAndLeavesNoEntries() {
    Version stored = other.save("a", "red").storedVersion();

    WriteResult result = writer.write("a", "blue", Precondition.absent());
    writer.finishCleanUp();

    assertThat(result).isEqualTo(new WriteResult("a", WriteResult.Status.ALREADY_EXISTS, stored));
    assertThat(writer.indexed("blue", "a")).isEmpty();
    assertThat(writer.indexed("red", "a")).containsExactly(stored);
  }

  @Test
  void aReplaceWhoseAnswerWasLostIsFoundStored() {
    Version before = other.save("a", "red").storedVersion();
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);

    WriteResult result = writer.write("a", "blue", Precondition.version(before));
    writer.finishCleanUp();

    assertThat(result.isStored()).isTrue();
    assertThat(result.storedVersion()).isEqualTo(writer.storedVersion("a"));
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
    assertThat(writer.storedKind("a")).isEqualTo("blue");
    assertThat(writer.indexed("blue", "a")).containsExactly(result.storedVersion());
  }

  @Test
  void aReplaceThatWasLostOnItsWayIsTriedAgain() {
    Version before = other.save("a", "red").storedVersion();
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::loseAnswer);

    WriteResult result = writer.write("a", "blue", Precondition.version(before));

    assertThat(result.storedVersion()).isEqualTo(writer.storedVersion("a"));
    assertThat(writer.storedKind("a")).isEqualTo("blue");
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(2);
  }

  @Test
  void aReplaceThatIsTriedAgainFindsItsOwnVersion() {
    Version before = other.save("a", "red").storedVersion();
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);
    backend.disturbance().before(Call.VERSIONS, LostAnswersTest::beUnavailable);

    WriteResult result = writer.write("a", "blue", Precondition.version(before));
    writer.finishCleanUp();

    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(2);
    assertThat(result.storedVersion()).isEqualTo(writer.storedVersion("a"));
    assertThat(writer.indexed("blue", "a")).containsExactly(result.storedVersion());
  }

  @Test
  void aReplaceWhoseAnswerWasLostAndThatWasOverwrittenSinceIsUnknown() {
    Version before = other.save("a", "red").storedVersion();
    backend
        .disturbance()
        .after(
            Call.COMMIT,
            () -> {
              other.clock.observe(writer.storedVersion("a"));
              other.save("a", "green");
              loseAnswer();
            });

    assertThatThrownBy(() -> writer.write("a", "blue", Precondition.version(before)))
        .isInstanceOfSatisfying(
            AdapterException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN))
        .hasMessageContaining("'a'");
    writer.finishCleanUp();

    assertThat(writer.storedKind("a")).isEqualTo("green");
    assertThat(writer.indexed("green", "a")).containsExactly(writer.storedVersion("a"));
  }

  @Test
  void aReplaceWhoseAnswerWasLostAndThatWasDeletedSinceIsUnknown() {
    Version before = other.save("a", "red").storedVersion();
    backend
        .disturbance()
        .after(
            Call.COMMIT,
            () -> {
              other.removals.remove(List.of(new Removal("a", null)));
              loseAnswer();
            });

    assertThatThrownBy(() -> writer.write("a", "blue", Precondition.version(before)))
        .isInstanceOfSatisfying(
            AdapterException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
    assertThat(writer.storedVersion("a")).isNull();
  }

  @Test
  void aFailureWhileEntriesAreAddedSendsNoCommit() {
    backend.disturbance().before(Call.ADD_ENTRIES, LostAnswersTest::loseAnswer);

    assertThatThrownBy(() -> writer.save("a", "red")).isInstanceOf(AdapterException.class);

    assertThat(backend.disturbance().count(Call.COMMIT)).isZero();
    assertThat(writer.storedVersion("a")).isNull();
  }
}
