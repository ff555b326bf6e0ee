package io.stowage.system.kit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Version;
import io.stowage.testkit.history.Answer;
import io.stowage.testkit.history.Call;
import io.stowage.testkit.history.History;
import io.stowage.testkit.history.Lifetime;
import io.stowage.testkit.history.LinearizabilityChecker;
import io.stowage.testkit.history.Operation;
import io.stowage.testkit.history.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Histories written by hand, each with one thing that is right or wrong about it. */
class LinearizabilityCheckerTest {

  private static Script script() {
    return new Script();
  }

  private static void assertRight(Script script) {
    Verdict verdict = LinearizabilityChecker.check(script.operations());
    assertThat(verdict.isLinearizable()).as(verdict.explanation()).isTrue();
    assertThat(verdict.window()).isEmpty();
  }

  private static Verdict assertWrong(Script script) {
    Verdict verdict = LinearizabilityChecker.check(script.operations());
    assertThat(verdict.isLinearizable()).isFalse();
    assertThat(verdict.explanation()).isNotEmpty();
    assertThat(verdict.window()).isNotEmpty();
    return verdict;
  }

  @Test
  void nothingHappened() {
    assertRight(script());
  }

  @Test
  void oneAfterTheOther() {
    assertRight(
        script()
            .foundNothing(0, 1)
            .saved(2, 3, "a")
            .loaded(4, 5, "a")
            .updated(6, 7, "a", "b")
            .didNotInsert(8, 9, "c", "b")
            .replaced(10, 11, "b", "d")
            .didNotReplace(12, 13, "b", "e", "d")
            .deleted(14, 15)
            .foundNothingToDelete(16, 17)
            .inserted(18, 19, "f")
            .loaded(20, 21, "f"));
  }

  @Test
  void readersDuringAWriteFindTheOldOrTheNew() {
    assertRight(script().saved(0, 1, "a").saved(2, 9, "b").loaded(3, 4, "a").loaded(5, 6, "b"));
    assertWrong(script().saved(0, 1, "a").saved(2, 9, "b").loaded(3, 4, "b").loaded(5, 6, "a"));
  }

  @Test
  void staleRead() {
    Verdict verdict =
        assertWrong(
            script()
                .saved(0, 1, "a")
                .loaded(2, 3, "a")
                .saved(4, 5, "b")
                .loaded(6, 7, "a")
                .loaded(8, 9, "b"));
    assertThat(verdict.window()).extracting(Operation::invoked).containsExactly(4L, 6L);
  }

  @Test
  void lostUpdate() {
    assertWrong(script().saved(0, 1, "a").updated(2, 9, "a", "b").updated(2, 9, "a", "c"));
  }

  @Test
  void appliedTwice() {
    // The first "b" came back over "c" when its writer tried once more.
    assertWrong(script().saved(0, 9, "b").loaded(1, 2, "b").saved(3, 4, "c").loaded(10, 11, "b"));
    Operation again =
        new Operation(1, new Call.Load(), new Answer.Found("b", new Version(1)), 4, 5);
    Verdict verdict =
        LinearizabilityChecker.check(List.of(script().saved(0, 3, "b").operations().get(0), again));
    assertThat(verdict.isLinearizable()).isFalse();
    assertThat(verdict.explanation()).contains("stored twice");
  }

  @Test
  void oneVersionForTwoValues() {
    Verdict verdict =
        LinearizabilityChecker.check(
            script()
                .did(
                    0, 1, new Call.Save("a", Lifetime.forever()), new Answer.Stored(new Version(7)))
                .did(
                    0, 1, new Call.Save("b", Lifetime.forever()), new Answer.Stored(new Version(7)))
                .operations());
    assertThat(verdict.isLinearizable()).isFalse();
    assertThat(verdict.explanation()).contains("two values");
  }

  @Test
  void valueNeverWritten() {
    Verdict verdict = assertWrong(script().saved(0, 1, "a").loaded(2, 3, "x"));
    assertThat(verdict.explanation()).contains("'x'");
  }

  @Test
  void valueBeforeItWasWritten() {
    assertWrong(script().loaded(0, 1, "a").saved(2, 3, "a"));
  }

  @Test
  void resurrectedAfterDelete() {
    assertWrong(script().saved(0, 1, "a").deleted(2, 3).loaded(4, 5, "a"));
    assertWrong(script().saved(0, 1, "a").deleted(2, 3).didNotInsert(4, 5, "b", "a"));
  }

  @Test
  void vanishedWithoutADelete() {
    assertWrong(script().saved(0, 1, "a").foundNothing(2, 3));
    assertWrong(script().saved(0, 1, "a").foundNothingToDelete(2, 3));
    assertWrong(script().saved(0, 1, "a").inserted(2, 3, "b"));
  }

  @Test
  void twoInsertsSucceed() {
    assertWrong(script().inserted(0, 9, "a").inserted(0, 9, "b"));
    assertRight(script().inserted(0, 9, "a").deleted(1, 2).inserted(0, 9, "b"));
  }

  @Test
  void insertRefusedByNothing() {
    assertWrong(script().didNotInsert(0, 1, "a", null));
  }

  @Test
  void twoDeletesOfOneValue() {
    assertWrong(script().saved(0, 1, "a").deleted(2, 9).deleted(2, 9));
  }

  @Test
  void replaceOfAValueThatCameBack() {
    // b took the place of a; a replace that expects a must fail, whatever happened since.
    assertWrong(script().saved(0, 1, "a").saved(2, 3, "b").deleted(4, 5).replaced(6, 7, "a", "c"));
  }

  @Test
  void conflictWithoutReason() {
    assertWrong(script().saved(0, 1, "a").didNotReplace(2, 3, "a", "b", null));
    assertWrong(script().saved(0, 1, "a").didNotReplace(2, 3, "a", "b", "a"));
    assertRight(script().saved(0, 1, "a").saved(2, 9, "b").didNotReplace(3, 4, "a", "c", null));
  }

  @Test
  void notAppliedWriteSeen() {
    assertWrong(script().didNotSave(0, 1, "a").loaded(2, 3, "a"));
    assertRight(script().didNotSave(0, 1, "a").foundNothing(2, 3));
  }

  @Test
  void unknownWriteMayTakeEffectOnceAtAnyLaterTimeOrNever() {
    assertRight(script().maySave(0, 1, "a").foundNothing(2, 3));
    assertRight(script().maySave(0, 1, "a").foundNothing(2, 3).loaded(4, 5, "a"));
    assertWrong(script().maySave(0, 1, "a").loaded(2, 3, "a").saved(4, 5, "b").loaded(6, 7, "a"));
    assertWrong(script().loaded(0, 1, "a").maySave(2, 3, "a"));
  }

  @Test
  void unknownConditionalWritesKeepTheirConditions() {
    assertRight(script().saved(0, 1, "a").mayUpdate(2, 3, "a", "b").loaded(4, 5, "b"));
    assertWrong(
        script().saved(0, 1, "a").mayUpdate(2, 3, "a", "b").saved(4, 5, "c").loaded(6, 7, "b"));
    assertWrong(
        script()
            .saved(0, 1, "a")
            .mayReplace(2, 3, "a", "b")
            .saved(4, 5, "c")
            .loaded(6, 7, "c")
            .loaded(8, 9, "b"));
  }

  @Test
  void unknownWritesOnUnknownWrites() {
    assertRight(
        script()
            .maySave(0, 1, "a")
            .mayUpdate(2, 3, "a", "b")
            .mayUpdate(4, 5, "b", "c")
            .loaded(8, 9, "c")
            .mayDelete(10, 11)
            .loaded(12, 13, "c")
            .foundNothing(14, 15));
    assertWrong(
        script()
            .maySave(0, 1, "a")
            .mayUpdate(2, 3, "a", "b")
            .loaded(8, 9, "b")
            .loaded(10, 11, "a"));
  }

  @Test
  void unknownDeleteRemovesOnce() {
    assertRight(script().saved(0, 1, "a").mayDelete(2, 3).foundNothing(4, 5));
    assertWrong(
        script()
            .saved(0, 1, "a")
            .mayDelete(2, 3)
            .foundNothing(4, 5)
            .saved(6, 7, "b")
            .foundNothing(8, 9));
  }

  @Test
  void expiry() {
    assertRight(
        script()
            .saved(0, 1, "a", 10, 20)
            .loaded(8, 9, "a")
            .loaded(12, 13, "a")
            .foundNothing(14, 15)
            .foundNothing(21, 22)
            .inserted(23, 24, "b"));
  }

  @Test
  void expiredTooEarly() {
    assertWrong(script().saved(0, 1, "a", 10, 20).foundNothing(8, 9));
    assertRight(script().saved(0, 1, "a", 10, 20).foundNothing(8, 11));
  }

  @Test
  void expiredItemReturned() {
    assertWrong(script().saved(0, 1, "a", 10, 20).loaded(21, 22, "a"));
    assertRight(script().saved(0, 1, "a", 10, 20).loaded(19, 22, "a"));
    assertWrong(script().saved(0, 1, "a", 10, 20).deleted(21, 22));
    assertWrong(script().saved(0, 1, "a", 10, 20).updated(21, 22, "a", "b"));
  }

  @Test
  void expiredTwice() {
    assertWrong(script().saved(0, 1, "a", 10, 20).foundNothing(12, 13).loaded(14, 15, "a"));
  }

  @Test
  void overwrittenBeforeItExpires() {
    assertRight(script().saved(0, 1, "a", 10, 20).saved(5, 6, "b").loaded(25, 26, "b"));
    assertWrong(script().saved(0, 1, "a", 10, 20).saved(5, 6, "b").foundNothing(25, 26));
  }

  @Test
  void unknownUpdateOfWhatExpires() {
    assertRight(
        script()
            .saved(0, 1, "a", 10, 20)
            .mayUpdate(5, 6, "a", "b")
            .didNotInsert(25, 26, "c", null)
            .loaded(30, 31, "b"));
    assertWrong(
        script()
            .saved(0, 1, "a", 10, 20)
            .mayUpdate(5, 6, "a", "b")
            .foundNothing(25, 26)
            .loaded(30, 31, "b"));
  }

  @Test
  void itemsAreCheckedEachByItself() {
    History history =
        new History(
            Map.of(
                "one", script().saved(0, 1, "a").loaded(2, 3, "a").operations(),
                "two", script().foundNothing(0, 1).loaded(2, 3, "a").operations()));

    Verdict verdict = LinearizabilityChecker.check(history);

    assertThat(history.size()).isEqualTo(4);
    assertThat(verdict.isLinearizable()).isFalse();
    assertThat(verdict.explanation()).startsWith("item 'two': ");
  }

  @Test
  void malformedHistoriesAreRefused() {
    assertThatThrownBy(
            () ->
                LinearizabilityChecker.check(
                    script().saved(0, 1, "a").saved(2, 3, "a").operations()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("written twice");
    List<Operation> nonsense =
        script().did(0, 1, new Call.Load(), new Answer.Removed()).operations();
    assertThatThrownBy(() -> LinearizabilityChecker.check(nonsense))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> script().deleted(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("completed");
    assertThatThrownBy(() -> new Lifetime(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("latest");
  }
}
