package io.stowage.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.FieldValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldValuesTest {

  private static List<FieldValue> values(Object... objects) {
    return Stream.of(objects).map(object -> FieldValue.of(object).orElseThrow()).toList();
  }

  @Test
  void aFieldHasNoneOneOrSeveralValues() {
    assertThat(FieldValues.of(null)).isEmpty();
    assertThat(FieldValues.of(5)).isEqualTo(values(5));
    assertThat(FieldValues.of(List.of())).isEmpty();
    assertThat(FieldValues.of(List.of(1, "a"))).isEqualTo(values(1, "a"));
    assertThat(FieldValues.of(Arrays.asList(1, null, List.of(2, 3)))).isEqualTo(values(1, 2, 3));
    assertThat(FieldValues.of(new String[] {"a", "b"})).isEqualTo(values("a", "b"));
    assertThat(FieldValues.of(Set.of("a"))).isEqualTo(values("a"));
  }

  @Test
  void whatIsNoValueHasNone() {
    assertThat(FieldValues.of(Map.of("a", 1))).isEmpty();
    assertThat(FieldValues.of(Double.NaN)).isEmpty();
    assertThat(FieldValues.of(new Object())).isEmpty();
    assertThat(FieldValues.of(List.of(1, Map.of(), Double.NaN))).isEqualTo(values(1));
  }

  @Test
  void anIndexTakesEachValueOnce() {
    assertThat(FieldValues.forIndex("f", List.of(1, 1.0, "1", 1L, "a", "a")))
        .isEqualTo(values(1, "1", "a"));
    assertThat(FieldValues.forIndex("f", Double.NaN)).isEmpty();
    assertThat(FieldValues.forIndex("f", Map.of("a", 1))).isEmpty();
    assertThat(FieldValues.forIndex("f", Arrays.asList((Object) null))).isEmpty();
  }

  static Stream<Object> unindexable() {
    return Stream.of(
        new Object(), Optional.of(1), new int[] {1}, List.of(new StringBuffer[0], new Thread()));
  }

  @ParameterizedTest
  @MethodSource("unindexable")
  void whatNoFilterCouldMatchIsRefused(Object raw) {
    assertThatThrownBy(() -> FieldValues.forIndex("f", raw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 'f' has a value of type ")
        .hasMessageContaining("allowed are null, numbers, strings");
  }
}
