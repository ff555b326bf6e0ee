package io.stowage.testkit.storage;

import static io.stowage.testkit.storage.ValueBed.ABSENT;

import io.stowage.api.Filter;
import io.stowage.testkit.contract.Clause;
import java.util.List;
import org.junit.jupiter.api.Order;

/**
 * The operators. Each clause holds on a field with an exact index, with a range index and with
 * none, at the top and nested, for list, page, stream, count and estimateCount alike.
 */
interface FilterOperatorClauses extends Clauses {

  /** Numbers, texts, a boolean, null and nothing, in the order of their save. */
  private ValueBed mixed() {
    return ValueBed.of(
        stores(), "n1", 1, "n5", 5, "n9", 9, "ta", "a", "tb", "b", "t5", "5", "yes", true, "no",
        false, "null", null, "gone", ABSENT);
  }

  /** Lists of numbers and texts. */
  private ValueBed lists() {
    return ValueBed.ofLists(
        stores(),
        "ab",
        List.of("a", "b"),
        "b",
        List.of("b"),
        "n",
        List.of(1, 10),
        "mix",
        List.of("a", 1),
        "one",
        "a",
        "gone",
        ABSENT);
  }

  @Clause
  @Order(Clause.FIRST)
  default void s041_eq() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.eq(field, 5), "n5");
    bed.assertMatches(field -> Filter.eq(field, "a"), "ta");
    bed.assertMatches(field -> Filter.eq(field, true), "yes");
    bed.assertMatches(field -> Filter.eq(field, "z"));
  }

  @Clause
  @Order(Clause.FIRST)
  default void s042_ne() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.ne(field, 5), "n1", "n9", "ta", "tb", "t5", "yes", "no");
    bed.assertMatches(
        field -> Filter.ne(field, "z"), "n1", "n5", "n9", "ta", "tb", "t5", "yes", "no");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s043_in() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.in(field, List.of(9, 1)), "n1", "n9");
    bed.assertMatches(field -> Filter.in(field, List.of("b", true, 5, "z", 5L)), "n5", "tb", "yes");
    bed.assertMatches(field -> Filter.in(field, List.of("z")));
  }

  @Clause
  @Order(Clause.FIRST)
  default void s044_nin() {
    ValueBed bed = mixed();
    bed.assertMatches(
        field -> Filter.nin(field, List.of(1, "a", true)), "n5", "n9", "tb", "t5", "no");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s045_emptyInAndNin() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.in(field, List.of()));
    bed.assertMatches(
        field -> Filter.nin(field, List.of()), "n1", "n5", "n9", "ta", "tb", "t5", "yes", "no");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s046_gt() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.gt(field, 5), "n9");
    bed.assertMatches(field -> Filter.gt(field, 4.5), "n5", "n9");
    bed.assertMatches(field -> Filter.gt(field, "a"), "tb");
    bed.assertMatches(field -> Filter.gt(field, false), "yes");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s047_gte() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.gte(field, 5), "n5", "n9");
    bed.assertMatches(field -> Filter.gte(field, "a"), "ta", "tb");
    bed.assertMatches(field -> Filter.gte(field, false), "yes", "no");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s048_lt() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.lt(field, 5), "n1");
    bed.assertMatches(field -> Filter.lt(field, "b"), "ta", "t5");
    bed.assertMatches(field -> Filter.lt(field, true), "no");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s049_lte() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.lte(field, 5), "n1", "n5");
    bed.assertMatches(field -> Filter.lte(field, "a"), "ta", "t5");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s050_exists() {
    mixed().assertMatches(Filter::exists, "n1", "n5", "n9", "ta", "tb", "t5", "yes", "no");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s051_missing() {
    mixed().assertMatches(Filter::missing, "null", "gone");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s052_absentMatchesNothing() {
    ValueBed bed = ValueBed.of(stores(), "null", null, "gone", ABSENT);
    for (Filter.Operator operator : Filter.Operator.values()) {
      bed.assertMatches(field -> Filter.compare(field, operator, "null"));
    }
    bed.assertMatches(field -> Filter.in(field, List.of("null", 0)));
    bed.assertMatches(field -> Filter.nin(field, List.of("null", 0)));
    bed.assertMatches(Filter::missing, "null", "gone");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s053_and() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.and(Filter.gt(field, 1), Filter.lt(field, 9)), "n5");
    bed.assertMatches(field -> Filter.and(Filter.ne(field, 5), Filter.lte(field, 9)), "n1", "n9");
    bed.assertMatches(
        Filter.and(), "n1", "n5", "n9", "ta", "tb", "t5", "yes", "no", "null", "gone");
    bed.assertMatches(
        Filter.and(Filter.eq("exact", 5), Filter.gte("range", 5), Filter.eq("bare", 5)), "n5");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s054_or() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.or(Filter.eq(field, 1), Filter.lt(field, 6)), "n1", "n5");
    bed.assertMatches(
        Filter.or(Filter.eq("exact", 1), Filter.eq("range", 9), Filter.eq("bare", "a")),
        "n1",
        "n9",
        "ta");
    bed.assertMatches(
        field -> Filter.or(Filter.eq(field, 1), Filter.missing(field)), "n1", "null", "gone");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s055_not() {
    ValueBed bed = mixed();
    bed.assertMatches(
        field -> Filter.not(Filter.eq(field, 5)),
        "n1",
        "n9",
        "ta",
        "tb",
        "t5",
        "yes",
        "no",
        "null",
        "gone");
    bed.assertMatches(
        field -> Filter.not(Filter.gt(field, 1)),
        "n1",
        "ta",
        "tb",
        "t5",
        "yes",
        "no",
        "null",
        "gone");
    bed.assertMatches(field -> Filter.not(Filter.exists(field)), "null", "gone");
    bed.assertMatches(field -> Filter.not(Filter.or(Filter.exists(field), Filter.missing(field))));
  }

  @Clause
  @Order(Clause.FIRST)
  default void s056_contradictions() {
    ValueBed bed = mixed();
    bed.assertMatches(field -> Filter.and(Filter.gt(field, 5), Filter.lt(field, 5)));
    bed.assertMatches(field -> Filter.and(Filter.gt(field, 9), Filter.lt(field, 1)));
    bed.assertMatches(field -> Filter.and(Filter.eq(field, 1), Filter.eq(field, 5)));
    bed.assertMatches(field -> Filter.and(Filter.eq(field, "a"), Filter.gt(field, 0)));
    bed.assertMatches(field -> Filter.and(Filter.exists(field), Filter.missing(field)));
  }

  @Clause
  @Order(Clause.FIRST)
  default void s057_deepNesting() {
    ValueBed bed = mixed();
    Filter deep = Filter.eq("exact", 5);
    for (int i = 0; i < 15; i++) {
      deep = Filter.not(Filter.and(deep, Filter.exists("bare")));
      deep = Filter.not(Filter.or(deep, Filter.missing("range")));
    }
    bed.assertMatches(deep, "n5");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s058_oneOfSeveralValuesMatches() {
    ValueBed bed = lists();
    bed.assertMatches(field -> Filter.eq(field, "b"), "ab", "b");
    bed.assertMatches(field -> Filter.in(field, List.of("a", "b")), "ab", "b", "mix", "one");
    bed.assertMatches(field -> Filter.gt(field, 5), "n");
    bed.assertMatches(field -> Filter.lt(field, 5), "n", "mix");
    bed.assertMatches(field -> Filter.gte(field, "b"), "ab", "b");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s059_noneOfSeveralValuesEquals() {
    ValueBed bed = lists();
    bed.assertMatches(field -> Filter.ne(field, "a"), "b", "n");
    bed.assertMatches(field -> Filter.nin(field, List.of("b", 10)), "mix", "one");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s060_operatorsOnSeveralValues() {
    ValueBed bed = lists();
    bed.assertMatches(field -> Filter.and(Filter.gt(field, 5), Filter.lt(field, 3)), "n");
    bed.assertMatches(field -> Filter.and(Filter.eq(field, "a"), Filter.eq(field, "b")), "ab");
    bed.assertMatches(field -> Filter.and(Filter.eq(field, 1), Filter.ne(field, "a")), "n");
    bed.assertMatches(field -> Filter.and(Filter.gte(field, 2), Filter.lte(field, 9)), "n");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s061_presenceOfSeveralValues() {
    ValueBed bed = lists();
    bed.assertMatches(Filter::exists, "ab", "b", "n", "mix", "one");
    bed.assertMatches(Filter::missing, "gone");
    bed.assertMatches(field -> Filter.not(Filter.eq(field, "a")), "b", "n", "gone");
  }
}
