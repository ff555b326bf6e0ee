package io.stowage.system.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Version;
import io.stowage.testkit.history.Answer;
import io.stowage.testkit.history.Call;
import io.stowage.testkit.history.History;
import io.stowage.testkit.history.Lifetime;
import io.stowage.testkit.history.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("server")
@Tag("full")
class SlotMovesTest {

  private static final int SLOT = 7;

  private long now;
  private final SlotMoves moves = new SlotMoves(() -> now);

  private void moved(int slot, long begin, long end) {
    now = begin;
    moves.move(slot, () -> now = end);
  }

  /** The lifetime, after the moves, of a value that was saved at 100 and ends at 200. */
  private Lifetime lifetime() {
    Call save = new Call.Save("v", new Lifetime(190, 210));
    Operation operation = new Operation(0, save, new Answer.Stored(new Version(1)), 100, 110);
    History history = new History(Map.of("a", List.of(operation)));
    Operation lengthened = moves.lengthened(history, id -> SLOT).items().get("a").get(0);
    assertThat(lengthened.invoked()).isEqualTo(100);
    return ((Call.Write) lengthened.call()).lifetime();
  }

  @Test
  void aMoveLengthensALifeByItsOwnLengthAtMost() {
    moved(SLOT, 150, 1_150);

    assertThat(lifetime()).isEqualTo(new Lifetime(190, 1_210));
  }

  @Test
  void movesThatFollowOneAnotherAddUp() {
    moved(SLOT, 205, 225);
    moved(SLOT, 228, 238);

    assertThat(lifetime()).isEqualTo(new Lifetime(190, 240));
  }

  @Test
  void movesOfOtherSlotsAndAtOtherTimesDoNothing() {
    moved(SLOT, 50, 99);
    moved(SLOT + 1, 150, 1_150);
    moved(SLOT, 211, 500);

    assertThat(lifetime()).isEqualTo(new Lifetime(190, 210));
  }
}
