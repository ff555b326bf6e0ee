package io.stowage.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.FieldPath;
import io.stowage.api.Filter;
import io.stowage.core.item.ItemFields;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FilterEvaluatorTest {

  /** The conditions, all with the operand 5, in the order of the columns below. */
  private static final List<Filter> COLUMNS =
      List.of(
          Filter.eq("f", 5),
          Filter.ne("f", 5),
          Filter.gt("f", 5),
          Filter.gte("f", 5),
          Filter.lt("f", 5),
          Filter.lte("f", 5),
          Filter.in("f", List.of(5, 6)),
          Filter.nin("f", List.of(5, 6)),
          Filter.exists("f"),
          Filter.missing("f"));

  private static final Object ABSENT = new Object();

  /**
   * What a field holds, and which conditions hold: eq, ne, gt, gte, lt, lte, in (5, 6), nin (5, 6),
   * exists, missing.
   */
  static Stream<Arguments> truth() {
    return Stream.of(
        Arguments.of("absent", ABSENT, ". . . . . . . . . +"),
        Arguments.of("null", null, ". . . . . . . . . +"),
        Arguments.of("equal", 5, "+ . . + . + + . + ."),
        Arguments.of("equal, of another type", 5.0, "+ . . + . + + . + ."),
        Arguments.of("less", 4.999, ". + . . + + . + + ."),
        Arguments.of("greater", 6, ". + + + . . + . + ."),
        Arguments.of("a text", "5", ". + . . . . . + + ."),
        Arguments.of("a boolean", true, ". + . . . . . + + ."),
        Arguments.of("a moment", Instant.EPOCH, ". + . . . . . + + ."),
        Arguments.of("a map", Map.of("x", 5), ". + . . . . . + + ."),
        Arguments.of("an empty list", List.of(), ". + . . . . . + + ."),
        Arguments.of("a list of null", Arrays.asList(null, null), ". + . . . . . + + ."),
        Arguments.of("several, one equal", List.of(1, 5), "+ . . + + + + . + ."),
        Arguments.of("several on both sides", List.of(1, 9), ". + + + + + . + + ."),
        Arguments.of("several, one in the set", List.of(1, 6), ". + + + + + + . + ."),
        Arguments.of("several kinds", List.of("x", 5, true), "+ . . + . + + . + ."),
        Arguments.of("lists in lists", List.of(List.of(5), 7), "+ . + + . + + . + ."));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("truth")
  void everyOperatorOnEveryValue(String name, @Nullable Object held, String expected) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (held != ABSENT) {
      fields.put("f", held);
    }
    List<String> holds =
        COLUMNS.stream().map(filter -> matches(filter, fields::get) ? "+" : ".").toList();

    assertThat(String.join(" ", holds)).as(name + ": " + COLUMNS).isEqualTo(expected);
    for (Filter filter : COLUMNS) {
      assertThat(matches(Filter.not(filter), fields::get))
          .as("not " + filter)
          .isNotEqualTo(matches(filter, fields::get));
    }
  }

  @Test
  void textsCompareByCodePointsAndMomentsInTime() {
    ItemFields item =
        Map.<String, @Nullable Object>of("t", "\uFF5E", "at", "2025-01-01T01:00:00+01:00")::get;

    assertThat(matches(Filter.lt("t", "𝄞"), item)).isTrue();
    assertThat(matches(Filter.gt("t", "𝄞"), item)).isFalse();
    assertThat(matches(Filter.eq("at", "2025-01-01T00:00:00Z"), item)).isTrue();
    assertThat(matches(Filter.lt("at", Instant.parse("2025-01-01T00:00:00.1Z")), item)).isTrue();
    assertThat(matches(Filter.gt("at", 0), item)).isFalse();
  }

  @Test
  void nestedFieldsLeadThroughMapsAndLists() {
    Map<String, @Nullable Object> fields =
        Map.of("a", List.of(Map.of("b", 1), Map.of("b", List.of(2, 3)), Map.of("c", 4)));
    ItemFields item = field -> FieldPath.resolve(fields, field);

    assertThat(matches(Filter.eq("a.b", 1), item)).isTrue();
    assertThat(matches(Filter.eq("a.b", 3), item)).isTrue();
    assertThat(matches(Filter.eq("a.b", 4), item)).isFalse();
    assertThat(matches(Filter.ne("a.b", 3), item)).isFalse();
    assertThat(matches(Filter.missing("a.x"), item)).isTrue();
    assertThat(matches(Filter.ne("a.x", 3), item)).isFalse();
  }

  @Test
  void combinations() {
    Filter yes = Filter.eq("f", 1);
    Filter no = Filter.eq("f", 2);
    ItemFields item = Map.<String, @Nullable Object>of("f", 1)::get;

    assertThat(matches(Filter.all(), item)).isTrue();
    assertThat(matches(Filter.and(yes, yes), item)).isTrue();
    assertThat(matches(Filter.and(yes, no), item)).isFalse();
    assertThat(matches(Filter.or(no, yes), item)).isTrue();
    assertThat(matches(Filter.or(no, no), item)).isFalse();
    assertThat(matches(Filter.not(Filter.or(no, Filter.not(yes))), item)).isTrue();
    assertThat(matches(Filter.in("f", List.of()), item)).isFalse();
    assertThat(matches(Filter.nin("f", List.of()), item)).isTrue();
  }

  private static boolean matches(Filter filter, ItemFields item) {
    return new FilterEvaluator(filter, true).matches(item);
  }
}
