package io.stowage.adapter.redis.common.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.adapter.redis.common.RedisUri.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandRightsTest {

  @ParameterizedTest
  @EnumSource(Topology.class)
  void rulesAreKeysNothingAndThenCommandsEachOnce(Topology topology) {
    assertThat(CommandRights.rules("app:", topology))
        .startsWith("resetkeys", "~app:*", "-@all")
        .doesNotHaveDuplicates()
        .contains("+get", "+evalsha", "+wait", "+client|setname")
        .noneMatch(rule -> rule.startsWith("+@") || rule.equals("+cluster"));
    assertThat(CommandRights.line("app:", topology))
        .isEqualTo(String.join(" ", CommandRights.rules("app:", topology)));
  }

  @Test
  void topologiesNeedWhatTheyUse() {
    assertThat(CommandRights.rules("app:", Topology.STANDALONE))
        .contains("+mget", "+zinter", "+select")
        .doesNotContain("+role", "+asking", "+cluster|slots");
    assertThat(CommandRights.rules("app:", Topology.SENTINEL)).contains("+mget", "+role");
    assertThat(CommandRights.rules("app:", Topology.CLUSTER))
        .contains("+asking", "+readonly", "+cluster|slots", "+cluster|nodes")
        .doesNotContain("+mget", "+zinter", "+select", "+role");
    assertThat(CommandRights.rulesOnSentinel()).doesNotContain("+@all");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "app:, ~app:*",
        "`a*?[b]\\`, `~a\\*\\?\\[b\\]\\\\*`",
        "`a b\"'`, ~a?b??*",
        "`{x}é`, ~{x}é*"
      })
  void keysAreThoseWithThePrefixAndNoWhiteSpace(String prefix, String rule) {
    assertThat(CommandRights.keys(prefix)).isEqualTo(rule);
  }
}
