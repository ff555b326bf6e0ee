package io.stowage.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Filter.Operator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

  static Stream<Arguments> filters() {
    return Stream.of(
        Arguments.of(Map.of(), Filter.all()),
        Arguments.of(Map.of("a", 1), Filter.eq("a", 1)),
        Arguments.of(Map.of("a.b", "x"), Filter.eq("a.b", "x")),
        Arguments.of(Map.of("a", Map.of("$eq", 1)), Filter.eq("a", 1)),
        Arguments.of(Map.of("a", Map.of("$ne", 1)), Filter.ne("a", 1)),
        Arguments.of(Map.of("a", Map.of("$gt", 1)), Filter.gt("a", 1)),
        Arguments.of(Map.of("a", Map.of("$gte", 1)), Filter.gte("a", 1)),
        Arguments.of(Map.of("a", Map.of("$lt", 1)), Filter.lt("a", 1)),
        Arguments.of(Map.of("a", Map.of("$lte", 1)), Filter.lte("a", 1)),
        Arguments.of(Map.of("a", Map.of("$in", List.of(1, 2))), Filter.in("a", List.of(1, 2))),
        Arguments.of(Map.of("a", Map.of("$nin", List.of(1))), Filter.nin("a", List.of(1))),
        Arguments.of(Map.of("a", Map.of("$exists", true)), Filter.exists("a")),
        Arguments.of(Map.of("a", Map.of("$exists", false)), Filter.missing("a")),
        Arguments.of(Map.of("a", Map.of("$not", Map.of("$gt", 1))), Filter.not(Filter.gt("a", 1))),
        Arguments.of(Map.of("a", Map.of("$not", 1)), Filter.not(Filter.eq("a", 1))),
        Arguments.of(Map.of("$not", Map.of("a", 1)), Filter.not(Filter.eq("a", 1))),
        Arguments.of(
            Map.of("$and", List.of(Map.of("a", 1), Map.of("b", 2))),
            Filter.and(Filter.eq("a", 1), Filter.eq("b", 2))),
        Arguments.of(
            Map.of("$or", List.of(Map.of("a", 1), Map.of("b", 2))),
            Filter.or(Filter.eq("a", 1), Filter.eq("b", 2))),
        Arguments.of(
            ordered("a", 1, "b", ordered("$gt", 1, "$lt", 5)),
            Filter.and(Filter.eq("a", 1), Filter.and(Filter.gt("b", 1), Filter.lt("b", 5)))));
  }

  private static Map<String, Object> ordered(String a, Object first, String b, Object second) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(a, first);
    map.put(b, second);
    return map;
  }

  @ParameterizedTest
  @MethodSource("filters")
  void parsesEveryOperator(Map<String, ?> map, Filter expected) {
    assertThat(Filter.parse(map)).isEqualTo(expected);
  }

  static Stream<Arguments> refusals() {
    Map<String, Object> nullOperand = new HashMap<>();
    nullOperand.put("a", null);
    String operators = "$eq, $ne, $in, $nin, $gt, $gte, $lt, $lte, $exists and $not";
    return Stream.of(
        Arguments.of(
            Map.of("$nor", List.of()),
            "filter has the operator '$nor' where a field is expected; allowed there are a field's"
                + " name, $and, $or and $not"),
        Arguments.of(
            Map.of("a", List.of(1)),
            "condition on field 'a' is a list; to match one of several values use $in"),
        Arguments.of(
            Map.of("a", Map.of()),
            "condition on field 'a' is {}; allowed are the operators " + operators),
        Arguments.of(
            Map.of("a", Map.of("b", 1)),
            "condition on field 'a' has the operator 'b'; allowed are "
                + operators
                + ", and for a nested field its dotted path"),
        Arguments.of(
            Map.of("a", Map.of("$exists", 1)),
            "$exists on field 'a' is '1'; allowed are true and false"),
        Arguments.of(Map.of("a", Map.of("$in", 1)), "$in on field 'a' is '1'; allowed is a list"),
        Arguments.of(
            Map.of("a", Map.of("$nin", "x")), "$nin on field 'a' is 'x'; allowed is a list"),
        Arguments.of(Map.of("$and", Map.of()), "$and is '{}'; allowed is a list"),
        Arguments.of(Map.of("$or", List.of()), "or has 0 conditions; allowed is 1 or more"),
        Arguments.of(
            Map.of("$or", List.of(1)), "$or holds '1'; allowed are filters, which are maps"),
        Arguments.of(Map.of("$not", 1), "$not holds '1'; allowed are filters, which are maps"),
        Arguments.of(
            nullOperand,
            "operand for field 'a' is null; allowed are numbers, strings, booleans, enums, UUIDs"
                + " and java.time values; to find items without the field use exists false"),
        Arguments.of(
            Map.of("a..b", 1),
            "field is 'a..b'; allowed is a name, or names joined by dots such as 'metadata.turn',"
                + " that does not begin with '$'; a dot that belongs to a name is written '\\.'"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void saysWhatIsWrong(Map<String, ?> map, String message) {
    assertThatThrownBy(() -> Filter.parse(map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void refusesWhatIsNestedTooDeep() {
    assertThat(Filter.parse(nested(64))).isInstanceOf(Filter.Not.class);
    assertThatThrownBy(() -> Filter.parse(nested(65)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("filter is nested deeper than 64 levels; allowed are 64");
    Map<String, Object> condition = Map.of("$gt", 1);
    for (int i = 0; i < 65; i++) {
      condition = Map.of("$not", condition);
    }
    Map<String, Object> deep = Map.of("a", condition);
    assertThatThrownBy(() -> Filter.parse(deep)).hasMessageContaining("nested deeper than 64");
  }

  @Test
  void isNotNestedTooDeepHoweverItIsBuilt() {
    List<UnaryOperator<Filter>> wrappings =
        List.of(
            Filter::not,
            inner -> Filter.and(inner, Filter.exists("b")),
            inner -> Filter.or(Filter.exists("b"), inner));
    for (UnaryOperator<Filter> wrapping : wrappings) {
      Filter filter = Filter.eq("a", 1);
      for (int i = 0; i < Filter.MAX_DEPTH; i++) {
        filter = wrapping.apply(filter);
      }
      Filter deepest = filter;
      assertThatThrownBy(() -> wrapping.apply(deepest))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("nested deeper than 64 levels");
    }
  }

  @Test
  void manyConditionsOfAQueryAreOnOneLevel() {
    Query query = Query.all();
    for (int i = 0; i < 3_000; i++) {
      query = query.and("a").isNot(i);
    }
    assertThat(query.filter()).isInstanceOf(Filter.And.class);
    assertThat(((Filter.And) query.filter()).conditions()).hasSize(3_000);
  }

  private static Map<String, Object> nested(int levels) {
    Map<String, Object> filter = Map.of("a", 1);
    for (int i = 0; i < levels; i++) {
      filter = Map.of("$not", filter);
    }
    return filter;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".a", "a.", "a..b", "$a"})
  void refusesFieldsThatAreNoPath(String field) {
    for (Runnable use :
        List.<Runnable>of(
            () -> Filter.eq(field, 1),
            () -> Filter.in(field, List.of(1)),
            () -> Filter.nin(field, List.of(1)),
            () -> Filter.exists(field),
            () -> Filter.missing(field),
            () -> Query.where(field))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("field is '" + field + "'; allowed is a name");
    }
  }

  @Test
  void operandsOfListsAreDistinctAndChecked() {
    assertThat(((Filter.OneOf) Filter.in("a", List.of(1, 1.0, 1L))).operands()).hasSize(1);
    assertThatThrownBy(() -> Filter.in("a", Arrays.asList(1, null)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsItself() {
    Filter filter =
        Filter.and(
            Filter.compare("a", Operator.GTE, 1),
            Filter.or(Filter.in("b", List.of("x")), Filter.nin("c", List.of(true))),
            Filter.not(Filter.exists("d")),
            Filter.missing("e"));

    assertThat(filter)
        .hasToString(
            "{$and [{a $gte 1}, {$or [{b $in [\"x\"]}, {c $nin [true]}]}, {$not {d $exists true}},"
                + " {e $exists false}]}");
  }
}
