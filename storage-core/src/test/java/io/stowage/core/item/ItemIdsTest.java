package io.stowage.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemIdsTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "ä€𝄞", "a:b/c{d}", "\u0000"})
  void theseAreAllowed(String id) {
    assertThat(ItemIds.check(id)).isSameAs(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "€", "𝄞"})
  void theLimitCountsBytesOfUtf8(String character) {
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    String longest = character.repeat(4_096 / bytes) + "a".repeat(4_096 % bytes);

    assertThat(ItemIds.check(longest)).isSameAs(longest);
    assertThatThrownBy(() -> ItemIds.check(longest + "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 4097 bytes of UTF-8; allowed are 1 to 4096")
        .hasMessageContaining("…");
  }

  @Test
  void theEmptyIdIsRefused() {
    assertThatThrownBy(() -> ItemIds.check(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id is empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void unpairedSurrogatesAreRefused(int number) {
    String high = "\uD834";
    String low = "\uDD1E";
    String id = new String[] {high, "a" + low, high + "a", high + high + low}[number];

    assertThatThrownBy(() -> ItemIds.check(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unpaired surrogate at " + (number == 1 ? 1 : 0));
  }

  @Test
  void generatedIdsAreUuidsOfVersionSevenThatBeginWithTheTime() {
    long millis = 0x0123_4567_89abL;
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String id = ItemIds.generate(millis);
      UUID uuid = UUID.fromString(id);
      assertThat(uuid.version()).isEqualTo(7);
      assertThat(uuid.variant()).isEqualTo(2);
      assertThat(uuid.getMostSignificantBits() >>> 16).isEqualTo(millis);
      ids.add(id);
    }
    assertThat(ids).hasSize(1_000);
  }

  @Test
  void generatedIdsOrderByTime() {
    assertThat(ItemIds.generate(1_000)).isLessThan(ItemIds.generate(1_001));
    assertThat(ItemIds.generate(0xffff)).isLessThan(ItemIds.generate(0x1_0000));
  }
}
