package io.stowage.system.kit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.system.support.Tier;
import io.stowage.testkit.history.LinearizabilityChecker;
import io.stowage.testkit.history.Operation;
import io.stowage.testkit.history.Verdict;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The checker against histories that are right by construction, and against brute force on small
 * ones that were spoiled. The seed is printed; {@code -Dstowage.seed=...} runs it again.
 */
@Tag("soak")
@Tag("slow")
class RandomHistoriesTest {

  private static final long SEED = Long.getLong("stowage.seed", new Random().nextLong());
  private static final int SMALL_HISTORIES = Tier.choose(2_000, 10_000, 1_000_000);
  private static final int WRONG_HISTORIES = Tier.choose(20, 50, 5_000);

  private final Random random = new Random(SEED);

  private static String text(List<Operation> operations) {
    return operations.stream()
        .map(Operation::toString)
        .collect(Collectors.joining("\n", "-Dstowage.seed=" + SEED + "\n", ""));
  }

  @Test
  void agreesWithBruteForceOnSmallHistories() {
    System.out.println("RandomHistoriesTest: -Dstowage.seed=" + SEED);
    Mutation mutation = new Mutation(random);
    int wrong = 0;
    for (int i = 0; i < SMALL_HISTORIES; i++) {
      Simulation simulation = new Simulation(random, 1 + random.nextInt(4), 0.2, 0.3);
      List<Operation> right = simulation.operations(2 + random.nextInt(6));
      assertThat(BruteForce.isLinearizable(right)).as(text(right)).isTrue();
      assertAccepted(right);

      List<Operation> spoiled = mutation.of(right);
      boolean isLinearizable = BruteForce.isLinearizable(spoiled);
      Verdict verdict = LinearizabilityChecker.check(spoiled);
      assertThat(verdict.isLinearizable()).as(text(spoiled)).isEqualTo(isLinearizable);
      if (!isLinearizable) {
        assertThat(verdict.window()).as(text(spoiled)).isNotEmpty();
        wrong++;
      }
    }
    assertThat(wrong).as("histories spoiled by their mutation").isGreaterThan(SMALL_HISTORIES / 10);
  }

  private static void assertAccepted(List<Operation> operations) {
    Verdict verdict = LinearizabilityChecker.check(operations);
    assertThat(verdict.isLinearizable())
        .as(() -> verdict.explanation() + text(operations))
        .isTrue();
  }

  /** A search that grows with the power of the length would take years. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void acceptsLongHistories() {
    for (int i = 0; i < 20; i++) {
      assertAccepted(new Simulation(random, 8, 0.01, 0.3).operations(2_000));
    }
  }

  /**
   * About one mutation in three makes a history wrong, and nine in ten of those show in a short
   * window: histories are drawn until enough are wrong for the shares to be certain.
   */
  @Test
  void tellsAShortWindowOfALongHistory() {
    Mutation mutation = new Mutation(random);
    int drawn = 0;
    int wrong = 0;
    int shortWindows = 0;
    while (wrong < WRONG_HISTORIES) {
      assertThat(drawn++)
          .as("drawn for %s wrong ones, -Dstowage.seed=%s", wrong, SEED)
          .isLessThan(20 * WRONG_HISTORIES);
      List<Operation> spoiled = mutation.of(new Simulation(random, 8, 0.005, 0.3).operations(500));
      Verdict verdict = LinearizabilityChecker.check(spoiled);
      if (!verdict.isLinearizable()) {
        wrong++;
        shortWindows += verdict.window().size() < 80 ? 1 : 0;
      }
    }
    assertThat(shortWindows).as("-Dstowage.seed=%s", SEED).isGreaterThan(WRONG_HISTORIES / 2);
  }
}
