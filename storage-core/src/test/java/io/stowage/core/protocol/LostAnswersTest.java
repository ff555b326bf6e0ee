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
  void aSaveWhoseAnswerWasLostIsWrittenAgainWithAFreshVersion() {
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);

    WriteResult result = writer.save("a", "red");
    writer.finishCleanUp();

    assertThat(result.status()).isEqualTo(WriteResult.Status.STORED);
    assertThat(writer.storedVersion("a")).isEqualTo(result.storedVersion());
    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(2);
    // The second attempt replaced the first, whose entries were retired for that reason alone.
    assertThat(writer.indexed("red", "a")).containsExactly(result.storedVersion());
  }

  @Test
  void theEntriesOfALostAttemptAreNotTouchedByTheWriter() {
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::loseAnswer);

    WriteResult result = writer.save("a", "red");
    writer.finishCleanUp();

    assertThat(writer.indexed("red", "a")).hasSize(2).contains(result.storedVersion());
    assertThat(backend.disturbance().count(Call.REMOVE_ENTRIES)).isZero();
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

  @Test
  void theOutcomeIsUnknownIfTheFirstAnswerWasLostAndTheSecondAttemptWasNotSent() {
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);
    backend
        .disturbance()
        .before(Call.COMMIT, LostAnswersTest::pass, LostAnswersTest::beUnavailable);

    AdapterException failure =
        catchThrowableOfType(AdapterException.class, () -> writer.save("a", "red"));

    assertThat(writer.storedVersion("a")).as("the first attempt was applied").isNotNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure).hasMessageContaining("no connection");
  }

  @Test
  void theOutcomeIsUnknownIfTheFirstAnswerWasLostAndTheSecondAttemptWasRefusedForGood() {
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);
    backend.disturbance().before(Call.COMMIT, LostAnswersTest::pass, LostAnswersTest::refuse);

    AdapterException failure =
        catchThrowableOfType(AdapterException.class, () -> writer.save("a", "red"));

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(failure.isTransient()).isFalse();
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
            () -> ofOne.protocol.remove(List.of(new Removal("a", null), new Removal("b", null))));
    ofOne.close();

    assertThat(writer.storedVersion("a")).isNull();
    assertThat(writer.storedVersion("b")).isNotNull();
    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void anInsertWhoseAnswerWasLostIsNotTriedAgain() {
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);

    assertThatThrownBy(() -> writer.write("a", "red", Precondition.absent()))
        .isInstanceOfSatisfying(
            AdapterException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
    writer.finishCleanUp();

    assertThat(backend.disturbance().count(Call.COMMIT)).isEqualTo(1);
    Version stored = writer.storedVersion("a");
    assertThat(stored).isNotNull();
    assertThat(writer.indexed("red", "a")).containsExactly(stored);
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
  void aReplaceWhoseAnswerWasLostFindsItsOwnVersion() {
    Version before = other.save("a", "red").storedVersion();
    backend.disturbance().after(Call.COMMIT, LostAnswersTest::loseAnswer);

    WriteResult result = writer.write("a", "blue", Precondition.version(before));
    writer.finishCleanUp();

    assertThat(result.isStored()).isTrue();
    assertThat(result.storedVersion()).isEqualTo(writer.storedVersion("a"));
    assertThat(writer.storedKind("a")).isEqualTo("blue");
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
              other.protocol.remove(List.of(new Removal("a", null)));
              loseAnswer();
            });

    assertThatThrownBy(() -> writer.write("a", "blue", Precondition.version(before)))
        .isInstanceOfSatisfying(
            AdapterException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.UNKNOWN));
    assertThat(writer.storedVersion("a")).isNull();
  }

  @Test
  void aFailureWhileEntriesAreAddedSendsNoCommit() {
    backend
        .disturbance()
        .before(Call.ADD_ENTRIES, LostAnswersTest::loseAnswer, LostAnswersTest::loseAnswer);

    assertThatThrownBy(() -> writer.save("a", "red")).isInstanceOf(AdapterException.class);

    assertThat(backend.disturbance().count(Call.COMMIT)).isZero();
    assertThat(writer.storedVersion("a")).isNull();
  }
}
