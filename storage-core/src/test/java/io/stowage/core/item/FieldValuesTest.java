package io.stowage.core.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.FieldValue;
import java.math.BigInteger;
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
    assertThat(FieldValues.forIndex("f", List.of(Float.NaN, 2))).isEqualTo(values(2));
    assertThat(FieldValues.forIndex("f", Arrays.asList((Object) null))).isEmpty();
  }

  /** Nobody knows what the methods of such a number leave out. */
  private static final class Price extends Number {
    private static final long serialVersionUID = 1L;

    @Override
    public int intValue() {
      return 1;
    }

    @Override
    public long longValue() {
      return 1;
    }

    @Override
    public float floatValue() {
      return 1.5f;
    }

    @Override
    public double doubleValue() {
      return 1.5;
    }
  }

  static Stream<Object> unindexable() {
    return Stream.of(
        new Object(),
        Optional.of(1),
        new int[] {1},
        List.of(new StringBuffer[0], new Thread()),
        Map.of("a", 1),
        List.of("a", Map.of("b", 1)),
        new Object[] {Map.of()},
        List.of(List.of(1, List.of(Map.of("c", 1)))),
        new Price(),
        List.of(1, new Price()),
        BigInteger.ONE.shiftLeft(40_000));
  }

  @ParameterizedTest
  @MethodSource("unindexable")
  void whatNoOrderCouldGoByIsRefused(Object raw) {
    assertThatThrownBy(() -> FieldValues.checkOrder("rank", raw))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("order field 'rank' has a value of type ")
        .hasMessageContaining("allowed are null, numbers, strings");
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
