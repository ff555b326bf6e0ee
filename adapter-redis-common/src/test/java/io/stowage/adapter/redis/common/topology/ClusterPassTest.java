package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.adapter.redis.common.Reply;
import io.stowage.spi.AdapterException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterPassTest {

  private static BitSet slots(String ranges) {
    BitSet slots = new BitSet();
    SlotRanges.read(ranges, slots);
    return slots;
  }

  private static SlotMove move(int slot, String from, String to) {
    return new SlotMove(slot, from, to);
  }

  private static final Ownership MOVING =
      new Ownership(
          Map.of(
              "a", new Ownership.Owner(1, slots("0-9")),
              "b", new Ownership.Owner(2, slots("10-19")),
              "c", new Ownership.Owner(3, slots(""))),
          Set.of(move(3, "a", "c")));

  @Test
  void aPassGoesOverTheMastersThatServeSlots() {
    ClusterPass pass = ClusterPass.first(MOVING);

    assertThat(pass.masters()).containsExactly("a", "b");
    assertThat(pass.left()).isEqualTo(slots("0-19"));
    assertThat(MOVING.master(12)).isEqualTo("b");
    assertThat(MOVING.master(20)).isNull();
    assertThat(MOVING.move(3)).isEqualTo(move(3, "a", "c"));
    assertThat(MOVING.withMoreThan(8, slots("0-18"))).containsExactly("a", "b");
    assertThat(MOVING.withMoreThan(9, slots("0-18"))).containsExactly("a");
  }

  @Test
  void whatWasSettledInEveryStepIsFound() {
    ClusterPass pass =
        ClusterPass.first(MOVING).keeping(slots("0-9")).at("r", "7").keeping(slots("0-2,4-9,12"));

    ClusterPass next = pass.nextMasterWithFound();

    assertThat(next.current()).isEqualTo("b");
    assertThat(next.run()).isEqualTo(ScanStep.UNKNOWN_RUN);
    assertThat(next.cursor()).isEqualTo(ScanStep.BEGIN);
    assertThat(next.left()).isEqualTo(slots("3,10-19"));
    ClusterPass last = next.keeping(slots("10-19")).nextMasterWithFound();
    assertThat(last.isOver()).isTrue();
    assertThat(last.left()).isEqualTo(slots("3"));
    assertThat(last.withFound(slots("3")).left().isEmpty()).isTrue();
    assertThat(last.withFound(slots("3")).wanting(slots("3,30")).left()).isEqualTo(slots("30"));
  }

  @Test
  void ofAMasterThatIsGoneOrRestartedNothingIsFound() {
    ClusterPass pass = ClusterPass.first(MOVING).keeping(slots("0-9")).at("r", "7");

    assertThat(pass.nextMaster().left()).isEqualTo(slots("0-19"));
    ClusterPass again = pass.begunAgain("s").keeping(slots("0-5"));
    assertThat(again.cursor()).isEqualTo(ScanStep.BEGIN);
    assertThat(again.run()).isEqualTo("s");
    assertThat(again.nextMasterWithFound().left()).isEqualTo(slots("6-19"));
  }

  @Test
  void isReadAsItWasWritten() {
    ClusterPass pass = ClusterPass.first(MOVING).keeping(slots("0-9")).at("run7", "99");
    for (ClusterPass one : List.of(pass, pass.nextMasterWithFound().nextMaster())) {
      String text = one.write();
      assertThat(text).matches("[!-~]+");
      assertThat(ClusterPass.read(text)).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "no position",
        "c2!r!0!!!",
        "c2!r!x!a!0!!0",
        "c2!r!0!a!99999!!0",
        "c1!r!0!a!!!"
      })
  void refusesWhatIsNoPosition(String text) {
    assertThatThrownBy(() -> ClusterPass.read(text))
        .isInstanceOf(AdapterException.class)
        .hasMessageContaining("position '" + text + "'")
        .hasMessageContaining("SCAN");
  }

  /** What a node says of itself. */
  private static Reply nodes(String flags, int epoch, String slots) {
    String line = "a 127.0.0.1:1@2 myself," + flags + " - 0 0 " + epoch + " connected " + slots;
    return new Reply.Bulk(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSlotIsSettledThatIsServedAndNotMovedBeforeAndAfter() {
    Reply first = nodes("master", 4, "0-9 [3->-b]");

    assertThat(ClusterNodes.settled("a", first, first)).isEqualTo(slots("0-2,4-9"));
    assertThat(ClusterNodes.settled("a", first, nodes("master", 4, "0-7 [30-<-b]")))
        .isEqualTo(slots("0-2,4-7"));
    assertThat(ClusterNodes.settled("a", first, nodes("master", 5, "0-9"))).isNull();
    assertThat(ClusterNodes.settled("a", first, nodes("slave", 4, "0-9"))).isNull();
    assertThat(ClusterNodes.settled("b", first, first)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "app:s:item:*, app:s:item:a, true",
    "app:s:item:*, app:t:item:a, false",
    "a\\*b:[ibr][dln][xdg]:*, a*b:idx:k:v, true",
    "a\\*b:[ibr][dln][xdg]:*, axb:idx:k:v, false",
    "a\\[b?*, a[bc, true",
    "a\\[b?*, a[b, false",
    "a.b, axb, false"
  })
  void aPatternMatchesAsTheServersDo(String pattern, String key, boolean matches) {
    GlobPattern glob = new GlobPattern(pattern.getBytes(StandardCharsets.UTF_8));

    assertThat(glob.matches(key.getBytes(StandardCharsets.UTF_8))).isEqualTo(matches);
  }

  /** After a failover each slot of a master is told to have moved, under a lock. */
  @Test
  void tellingThatSlotsMovedCostsLittle() {
    @Nullable Shard[] bySlot = new Shard[Slots.COUNT];
    Shard old = Shard.of(new ServerAddress("old", 1));
    Arrays.fill(bySlot, old);
    ServerAddress place = new ServerAddress("new", 2);
    Shards shards = Shards.ofCluster(bySlot, Map.of());

    for (int slot = 0; slot < Slots.COUNT; slot += 2) {
      shards = shards.moved(slot, place);
    }

    assertThat(shards.masters()).containsExactly(old.master(), place);
    for (int i = 0; i < 100; i++) {
      byte[] key = ("k" + i).getBytes(StandardCharsets.UTF_8);
      ServerAddress expected = Slots.of(key) % 2 == 0 ? place : old.master();
      assertThat(shards.serving(key).master()).isEqualTo(expected);
    }
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (int slot = 1; slot < Slots.COUNT; slot += 2) {
      shards = shards.moved(slot, place);
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    assertThat(nanos / (Slots.COUNT / 2)).as("nanoseconds a slot").isLessThan(100_000);
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
