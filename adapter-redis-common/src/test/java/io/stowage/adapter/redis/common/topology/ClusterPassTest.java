package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.spi.AdapterException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterPassTest {

  private static Ownership.Owner owner(long epoch, String ranges) {
    BitSet slots = new BitSet();
    SlotRanges.read(ranges, slots);
    return new Ownership.Owner(epoch, slots);
  }

  private static Ownership of(Set<SlotMove> moves, Object... owners) {
    Map<String, Ownership.Owner> byId = new HashMap<>();
    for (int i = 0; i < owners.length; i += 2) {
      byId.put((String) owners[i], (Ownership.Owner) owners[i + 1]);
    }
    return new Ownership(byId, moves);
  }

  private static final Ownership QUIET =
      of(Set.of(), "a", owner(1, "0-9"), "b", owner(2, "10-19"), "c", owner(3, ""));

  private static SlotMove move(int slot, String from, String to) {
    return new SlotMove(slot, from, to);
  }

  @Test
  void nothingChangedLeavesNoDoubt() {
    assertThat(QUIET.gainedSince(QUIET)).isEmpty();
    Ownership moving = of(Set.of(move(3, "a", "b")), "a", owner(1, "0-9"), "b", owner(2, "10-19"));
    assertThat(moving.gainedSince(moving)).isEmpty();
  }

  @Test
  void mastersToWhichKeysMayHaveComeAreInDoubt() {
    Ownership slotMoved =
        of(Set.of(), "a", owner(1, "0-8"), "b", owner(2, "9-19"), "c", owner(3, ""));
    assertThat(slotMoved.gainedSince(QUIET)).containsExactly("b");
    Ownership movedAndBack =
        of(Set.of(), "a", owner(9, "0-9"), "b", owner(2, "10-19"), "c", owner(3, ""));
    assertThat(movedAndBack.gainedSince(QUIET)).containsExactly("a");
    Ownership failedOver =
        of(Set.of(), "d", owner(9, "0-9"), "b", owner(2, "10-19"), "c", owner(3, ""));
    assertThat(failedOver.gainedSince(QUIET)).containsExactly("d");
    Ownership begun =
        of(
            Set.of(move(3, "a", "c")),
            "a",
            owner(1, "0-9"),
            "b",
            owner(2, "10-19"),
            "c",
            owner(3, ""));
    assertThat(begun.gainedSince(QUIET)).containsExactly("c");
    assertThat(QUIET.gainedSince(begun)).containsExactlyInAnyOrder("a", "c");
    Ownership newAndEmpty =
        of(
            Set.of(),
            "a",
            owner(1, "0-9"),
            "b",
            owner(2, "10-19"),
            "c",
            owner(3, ""),
            "e",
            owner(4, ""));
    assertThat(newAndEmpty.gainedSince(QUIET)).isEmpty();
  }

  @Test
  void oldMasterComesBeforeTheNewOne() {
    Ownership moving =
        of(
            Set.of(move(11, "b", "a"), move(19, "b", "c")),
            "a",
            owner(1, "0-9"),
            "b",
            owner(2, "10-19"),
            "c",
            owner(3, ""));
    assertThat(moving.order(List.of("a", "b", "c"))).containsExactly("b", "a", "c");
    assertThat(moving.order(List.of("b"))).containsExactly("b", "a", "c");
    assertThat(moving.order(List.of("a"))).containsExactly("a");
  }

  @Test
  void masterInACircleComesTwice() {
    Ownership circle =
        of(
            Set.of(move(1, "a", "b"), move(11, "b", "a")),
            "a",
            owner(1, "0-9"),
            "b",
            owner(2, "10-19"));
    assertThat(circle.order(List.of("a", "b"))).containsExactly("a", "b", "a");
  }

  @Test
  void isReadAsItWasWritten() {
    Ownership moving =
        of(Set.of(move(3, "a", "b")), "a", owner(1, "0-9,16383"), "b", owner(2, "10-19"));
    ClusterPass pass =
        ClusterPass.over(List.of("a", "b"), moving).at("run7", "99").needing(Set.of("b"));
    String text = pass.write();
    assertThat(text).matches("[!-~]+");
    ClusterPass read = ClusterPass.read(text);
    assertThat(read.write()).isEqualTo(text);
    assertThat(read.masters()).containsExactly("a", "b");
    assertThat(read.again()).containsExactly("b");
    assertThat(read.run()).isEqualTo("run7");
    assertThat(read.cursor()).isEqualTo("99");
    assertThat(read.begin().gainedSince(moving)).isEmpty();
    assertThat(moving.gainedSince(read.begin())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "no position", "c1!r!0!!!!", "c1!r!x!a!!a*1*0!", "c1!r!0!a!!a*1*99999!"})
  void refusesWhatIsNoPosition(String text) {
    assertThatThrownBy(() -> ClusterPass.read(text))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("position '" + text + "'")
        .hasMessageContaining("SCAN");
  }

  @Test
  void readsLinesOfNodes() {
    NodeView node =
        NodeView.read(
            "07c37 127.0.0.1:30004@31004,host.example myself,master - 0 1426238317239 4 connected"
                + " 0-5460 7000 [93-<-292f8b] [77->-e7d1ee]");
    assertThat(node.id()).isEqualTo("07c37");
    assertThat(node.place()).isEqualTo(new ServerAddress("127.0.0.1", 30004));
    assertThat(node.isItself()).isTrue();
    assertThat(node.isMaster()).isTrue();
    assertThat(node.epoch()).isEqualTo(4);
    assertThat(SlotRanges.write(node.slots())).isEqualTo("0-5460,7000");
    assertThat(node.moves())
        .containsExactlyInAnyOrder(move(93, "292f8b", "07c37"), move(77, "07c37", "e7d1ee"));
    NodeView gone = NodeView.read("67ed2 :0@0 master,fail,noaddr - 1 2 0 disconnected");
    assertThat(gone.place()).isNull();
    assertThat(gone.isGone()).isTrue();
  }
}
