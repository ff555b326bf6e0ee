package io.stowage.adapter.redis.common.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotsTest {

  private static int slot(String key) {
    return Slots.of(key.getBytes(StandardCharsets.UTF_8));
  }

  /** As CLUSTER KEYSLOT answers. */
  @ParameterizedTest
  @CsvSource({"123456789, 12739", "foo, 12182", "somekey, 11058", "é, 10180", "'', 0"})
  void isTheSlotOfTheServer(String key, int slot) {
    assertThat(slot(key)).isEqualTo(slot);
  }

  @Test
  void tagDecidesIfItIsNotEmpty() {
    assertThat(slot("{user1000}.following")).isEqualTo(slot("user1000"));
    assertThat(slot("a{user1000}{b}")).isEqualTo(slot("user1000"));
    assertThat(slot("foo{{bar}}zap")).isEqualTo(slot("{bar"));
    assertThat(slot("foo{}{bar}")).isNotEqualTo(slot("bar")).isNotEqualTo(slot(""));
    assertThat(slot("foo{bar")).isNotEqualTo(slot("bar"));
    assertThat(slot("}foo{bar}")).isEqualTo(slot("bar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "5-7", "0-5460,7000,16382-16383"})
  void rangesAreReadAsTheyWereWritten(String text) {
    BitSet slots = new BitSet();
    SlotRanges.read(text, slots);
    assertThat(SlotRanges.write(slots)).isEqualTo(text);
  }
}
