package io.stowage.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Outcome;
import io.stowage.api.Version;
import io.stowage.api.WriteResult;
import io.stowage.core.item.ItemTerms;
import io.stowage.spi.CommitResult;
import io.stowage.spi.CommitResult.Status;
import io.stowage.spi.EntryRef;
import io.stowage.spi.Expiry;
import io.stowage.spi.IndexEntry;
import io.stowage.spi.IndexTerm;
import io.stowage.spi.Precondition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StagedWriteTest {

  private static final Version OTHER = Version.of(50, 1);
  private static final Version FIRST = Version.of(100, 1);
  private static final Version SECOND = Version.of(101, 1);
  private static final IndexTerm TERM = IndexTerm.exact("kind", "a");
  private static final ItemTerms TERMS = new ItemTerms(List.of(TERM), List.of(), null);
  private static final byte[] PAYLOAD = {1, 2, 3};

  private static StagedWrite write(Precondition precondition) {
    return new StagedWrite(
        "i", PAYLOAD, TERMS, Expiry.never(), precondition, Duration.ofSeconds(60));
  }

  private static CommitResult answer(Status status, @Nullable Version stored) {
    return new CommitResult(status, 0, stored, null);
  }

  private static List<IndexEntry> entries(Version version) {
    return List.of(new IndexEntry(TERM, new EntryRef("i", version, version.micros())));
  }

  @Test
  void anAttemptHasEntriesAndACommitOfItsVersion() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);

    assertThat(write.entries()).isEqualTo(entries(FIRST));
    assertThat(write.commit().version()).isEqualTo(FIRST);
    assertThat(write.commit().id()).isEqualTo("i");
    assertThat(write.commit().payload()).isEqualTo(PAYLOAD);
    assertThat(write.commit().grace()).isEqualTo(Duration.ofSeconds(60));
    assertThat(write.result()).isNull();
  }

  @Test
  void withoutAnAttemptThereIsNothingToSend() {
    StagedWrite write = write(Precondition.none());

    assertThatThrownBy(write::commit)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'i'");
    write.begin(FIRST);
    write.answered(answer(Status.APPLIED, null));
    assertThatThrownBy(write::entries).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void appliedOverNothing() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.answered(answer(Status.APPLIED, null));

    assertThat(write.result()).isEqualTo(new WriteResult("i", WriteResult.Status.STORED, FIRST));
    assertThat(write.replaced()).isNull();
    assertThat(write.takeRefused()).isEmpty();
  }

  @Test
  void appliedOverARecordAnswersItToBeRetired() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.answered(new CommitResult(Status.APPLIED, 0, OTHER, new byte[] {9}));

    assertThat(write.replaced()).isNotNull();
    assertThat(write.replaced().version()).isEqualTo(OTHER);
    assertThat(write.replaced().payload()).isEqualTo(new byte[] {9});
  }

  @Test
  void appliedOverARecordThatWasTooLongToAnswer() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.answered(answer(Status.APPLIED, OTHER));

    assertThat(write.result().status()).isEqualTo(WriteResult.Status.STORED);
    assertThat(write.replaced()).isNull();
  }

  @Test
  void expiredIsRefusedForGood() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.answered(answer(Status.EXPIRED, OTHER));

    assertThat(write.result())
        .isEqualTo(new WriteResult("i", WriteResult.Status.ALREADY_EXPIRED, OTHER));
    assertThat(write.takeRefused()).isEqualTo(entries(FIRST));
  }

  @Test
  void expiredAfterALostAnswerIsUncertain() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.failed(Outcome.UNKNOWN);
    write.begin(new Version(FIRST.bits() + 1));
    write.answered(answer(Status.EXPIRED, OTHER));

    assertThat(write.isUncertain()).isTrue();
  }

  @Test
  void anInsertThatFindsAnItem() {
    StagedWrite write = write(Precondition.absent());
    write.begin(FIRST);
    write.answered(answer(Status.PRECONDITION_FAILED, OTHER));

    assertThat(write.result())
        .isEqualTo(new WriteResult("i", WriteResult.Status.ALREADY_EXISTS, OTHER));
    assertThat(write.isUncertain()).isFalse();
    assertThat(write.takeRefused()).isEqualTo(entries(FIRST));
  }

  @Test
  void aReplaceThatFindsNothing() {
    StagedWrite write = write(Precondition.version(OTHER));
    write.begin(FIRST);
    write.answered(answer(Status.PRECONDITION_FAILED, null));

    assertThat(write.result()).isEqualTo(new WriteResult("i", WriteResult.Status.ABSENT, null));
  }

  @Test
  void aReplaceThatFindsAnotherVersion() {
    StagedWrite write = write(Precondition.version(OTHER));
    write.begin(FIRST);
    write.answered(answer(Status.PRECONDITION_FAILED, SECOND));

    assertThat(write.result())
        .isEqualTo(new WriteResult("i", WriteResult.Status.VERSION_CONFLICT, SECOND));
    assertThat(write.isUncertain()).isFalse();
  }

  @Test
  void aReplaceThatFindsItsOwnLostVersionHasSucceeded() {
    StagedWrite write = write(Precondition.version(OTHER));
    write.begin(FIRST);
    write.failed(Outcome.UNKNOWN);
    write.begin(SECOND);
    write.answered(answer(Status.PRECONDITION_FAILED, FIRST));

    assertThat(write.result()).isEqualTo(new WriteResult("i", WriteResult.Status.STORED, FIRST));
    assertThat(write.isUncertain()).isFalse();
    assertThat(write.takeRefused()).isEqualTo(entries(SECOND));
  }

  @Test
  void aReplaceThatFindsAForeignVersionAfterALostAnswerIsUncertain() {
    StagedWrite write = write(Precondition.version(OTHER));
    write.begin(FIRST);
    write.failed(Outcome.UNKNOWN);
    write.begin(SECOND);
    write.answered(answer(Status.PRECONDITION_FAILED, Version.of(500, 2)));

    assertThat(write.isUncertain()).isTrue();
    assertThat(write.takeRefused()).isEqualTo(entries(SECOND));
  }

  @Test
  void aReplaceThatFindsNothingAfterALostAnswerIsUncertain() {
    StagedWrite write = write(Precondition.version(OTHER));
    write.begin(FIRST);
    write.failed(Outcome.UNKNOWN);
    write.begin(SECOND);
    write.answered(answer(Status.PRECONDITION_FAILED, null));

    assertThat(write.isUncertain()).isTrue();
  }

  @Test
  void anAttemptThatWasNotSentLeavesNoDoubt() {
    StagedWrite write = write(Precondition.version(OTHER));
    write.begin(FIRST);
    write.failed(Outcome.NOT_APPLIED);
    write.begin(SECOND);
    write.answered(answer(Status.PRECONDITION_FAILED, Version.of(500, 2)));

    assertThat(write.isUncertain()).isFalse();
    assertThat(write.result().status()).isEqualTo(WriteResult.Status.VERSION_CONFLICT);
  }

  @ParameterizedTest
  @EnumSource(names = {"TOO_OLD", "NOT_NEWER"})
  void aRefusedVersionAsksToBeginAgain(Status status) {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.answered(answer(status, OTHER));

    assertThat(write.result()).isNull();
    assertThat(write.timesRefused()).isEqualTo(1);
    assertThat(write.mayTryAgain()).isTrue();
    assertThat(write.takeRefused()).isEqualTo(entries(FIRST));
    write.begin(SECOND);
    assertThat(write.commit().version()).isEqualTo(SECOND);
  }

  @Test
  void refusedEntriesAreTakenOnce() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.answered(answer(Status.NOT_NEWER, OTHER));

    assertThat(write.takeRefused()).hasSize(1);
    assertThat(write.takeRefused()).isEmpty();
  }

  @Test
  void anAttemptWhoseAnswerWasLostLeavesItsEntriesAlone() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.failed(Outcome.UNKNOWN);

    assertThat(write.takeRefused()).isEmpty();
    assertThat(write.result()).isNull();
    assertThat(write.mayBeApplied()).isTrue();
  }

  @Test
  void theEntriesOfAnAttemptThatWasNotAppliedAreToBeRemoved() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.failed(Outcome.NOT_APPLIED);

    assertThat(write.takeRefused()).isEqualTo(entries(FIRST));
    assertThat(write.result()).isNull();
    assertThat(write.mayBeApplied()).isFalse();
  }

  @Test
  void aLostAttemptThatIsFoundStoredEndsTheWrite() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.failed(Outcome.UNKNOWN);
    write.found(FIRST);

    assertThat(write.result()).isEqualTo(new WriteResult("i", WriteResult.Status.STORED, FIRST));
    assertThat(write.isFound()).isTrue();
    assertThat(write.isUncertain()).isFalse();
    assertThat(write.takeRefused()).isEmpty();
  }

  @Test
  void aForeignVersionOrNoneSaysNothingOfALostAttempt() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.failed(Outcome.UNKNOWN);
    write.found(OTHER);
    write.found(null);

    assertThat(write.result()).isNull();
    assertThat(write.isFound()).isFalse();
  }

  @Test
  void oneAttemptThatWasNotAppliedMayBeTriedAgainAndTwoMayNot() {
    StagedWrite write = write(Precondition.none());
    write.begin(FIRST);
    write.failed(Outcome.NOT_APPLIED);
    assertThat(write.mayTryAgain()).isTrue();

    write.begin(SECOND);
    write.failed(Outcome.NOT_APPLIED);
    assertThat(write.mayTryAgain()).isFalse();
  }

  @Test
  void afterALostAnswerOnlyAWriteThatExpectsAVersionMayBeTriedAgain() {
    for (Precondition precondition :
        List.of(Precondition.none(), Precondition.absent(), Precondition.version(OTHER))) {
      StagedWrite write = write(precondition);
      write.begin(FIRST);
      write.failed(Outcome.UNKNOWN);

      assertThat(write.mayTryAgain())
          .as("%s", precondition)
          .isEqualTo(precondition.kind() == Precondition.Kind.VERSION);
    }
  }
}
