package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOrderTest {

  private static final ServerAddress B = new ServerAddress("b", 1);
  private static final Reply APPLIED = new Reply.Int(1);
  private static final Reply REFUSED = new Reply.Failure("ASK 1 b:1");
  private static final Redirection ASK = new Redirection.Ask(B);

  private static Errand errand(int index, String key) {
    return new Errand(
        index, RedisCommand.onKey("INCR", key.getBytes(StandardCharsets.UTF_8)), null, false);
  }

  @Test
  void refusedCommandIsNotSentAgainBehindALaterOneOnItsKey() {
    List<Errand> errands = List.of(errand(0, "a"), errand(1, "b"), errand(2, "a"), errand(3, "a"));
    List<Errand> again =
        KeyOrder.again(
            errands,
            List.of(REFUSED, REFUSED, APPLIED, REFUSED),
            Arrays.asList(ASK, ASK, null, ASK));
    assertThat(again).extracting(Errand::index).containsExactlyInAnyOrder(1, 3);
    assertThat(again).allMatch(errand -> B.equals(errand.to()) && errand.asking());
  }

  @Test
  void laterErrorDoesNotHinder() {
    List<Errand> again =
        KeyOrder.again(
            List.of(errand(0, "a"), errand(1, "a")),
            List.of(REFUSED, new Reply.Failure("WRONGTYPE")),
            Arrays.asList(ASK, null));
    assertThat(again).extracting(Errand::index).containsExactly(0);
  }

  @Test
  void commandsOnOneKeyGoOneWayInTheirOrder() {
    List<Errand> due =
        KeyOrder.oneWayForEachKey(
            List.of(
                errand(3, "b").redirected(ASK),
                errand(2, "a"),
                errand(1, "a").redirected(ASK),
                errand(0, "b").redirected(ASK)));
    assertThat(due).extracting(Errand::index).containsExactly(0, 1, 2, 3);
    assertThat(due).extracting(Errand::asking).containsExactly(true, false, false, true);
    assertThat(due).extracting(Errand::to).containsExactly(B, null, null, B);
  }
}
