package io.stowage.core.query;

import static io.stowage.api.Filter.and;
import static io.stowage.api.Filter.eq;
import static io.stowage.api.Filter.exists;
import static io.stowage.api.Filter.gt;
import static io.stowage.api.Filter.gte;
import static io.stowage.api.Filter.in;
import static io.stowage.api.Filter.lt;
import static io.stowage.api.Filter.lte;
import static io.stowage.api.Filter.missing;
import static io.stowage.api.Filter.ne;
import static io.stowage.api.Filter.nin;
import static io.stowage.api.Filter.not;
import static io.stowage.api.Filter.or;
import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.IndexKind;
import io.stowage.api.ItemType;
import io.stowage.api.StoreDefinition.IndexDefinition;
import io.stowage.core.item.ItemMapper;
import io.stowage.core.query.Conditions.Option;
import io.stowage.serialization.json.JsonCodec;
import io.stowage.spi.IndexRange;
import io.stowage.spi.IndexTerm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConditionsTest {

  private static final Access NOTHING = new Access.ById(List.of());

  private final Conditions conditions =
      allReady(ItemType.documents("things").index("kind", "color").range("size", "at").build());

  private static Conditions allReady(ItemType<Document> type) {
    return new Conditions(
        new ItemMapper<>(type, new JsonCodec()), type.definition("json").indexes());
  }

  private static Access kind(String... values) {
    return byIndex(
        Stream.of(values)
            .map(value -> IndexRange.all(IndexTerm.exact("kind", value)))
            .toArray(IndexRange[]::new));
  }

  private static IndexRange size(double min, double max) {
    return new IndexRange(IndexTerm.range("size"), min, max);
  }

  private static Access byIndex(IndexRange... ranges) {
    return new Access.ByIndex(List.of(ranges));
  }

  private static Access ids(String... ids) {
    return new Access.ById(List.of(ids));
  }

  private List<Access> accesses(Filter filter) {
    return conditions.options(filter).stream().map(Option::access).toList();
  }

  @Test
  void orderFieldNamedIdIsNoLookUp() {
    Conditions ordered = allReady(ItemType.documents("things").orderedBy("id").build());
    assertThat(ordered.options(eq("id", "a"))).isEmpty();
  }

  @Test
  void anIdThatReadsAsAMomentIsLookedUpAsItIsWritten() {
    assertThat(accesses(eq("id", "2025-01-01T01:00:00+01:00")))
        .containsExactly(ids("2025-01-01T01:00:00+01:00"));
    assertThat(accesses(in("id", List.of("x", "2025-01-01T00:00:00Z", "10:30"))))
        .containsExactly(ids("x", "2025-01-01T00:00:00Z", "10:30"));
    assertThat(accesses(eq("id", Instant.EPOCH))).containsExactly(ids("1970-01-01T00:00:00Z"));
  }

  @Test
  void equalityOnAnExactIndexIsExact() {
    assertThat(conditions.options(eq("kind", "a"))).containsExactly(new Option(kind("a"), true));
  }

  @Test
  void valuesOfAnExactIndexAreLookedUpByTheirCanonicalText() {
    assertThat(accesses(eq("kind", 5.0))).containsExactly(kind("#5"));
    assertThat(accesses(eq("kind", true))).containsExactly(kind("?true"));
    assertThat(accesses(eq("kind", "#5"))).containsExactly(kind("\\#5"));
    assertThat(accesses(eq("kind", "2025-01-01T01:00:00+01:00")))
        .containsExactly(kind("@2025-01-01T00:00:00Z"));
  }

  @Test
  void oneOfOnAnExactIndexIsTheUnionOfItsValues() {
    assertThat(conditions.options(in("kind", List.of("a", "b"))))
        .containsExactly(new Option(kind("a", "b"), true));
  }

  @Test
  void oneOfNothingMatchesNothingWhateverTheField() {
    assertThat(conditions.options(in("kind", List.of())))
        .containsExactly(new Option(NOTHING, true));
    assertThat(accesses(in("unknown", List.of()))).containsExactly(NOTHING);
  }

  static Stream<Filter> unserved() {
    return Stream.of(
        Filter.all(),
        eq("unknown", "a"),
        ne("kind", "a"),
        nin("kind", List.of("a")),
        gt("kind", 3),
        exists("kind"),
        missing("kind"),
        not(eq("kind", "a")),
        not(not(eq("kind", "a"))),
        ne("size", 3),
        nin("size", List.of(3)),
        exists("size"),
        eq("size", "text"),
        gt("size", "text"),
        eq("size", true),
        in("size", List.of(3, "text")),
        ne("id", "x"),
        gt("id", "x"),
        or(eq("kind", "a"), eq("unknown", "b")),
        or(eq("kind", "a"), not(eq("kind", "b"))),
        or(eq("kind", "a"), Filter.all()));
  }

  @ParameterizedTest
  @MethodSource("unserved")
  void theseNeedAScan(Filter filter) {
    assertThat(conditions.options(filter)).isEmpty();
  }

  @Test
  void comparisonsOnARangeIndexAreRangesWithTheirBoundsIncluded() {
    assertThat(accesses(eq("size", 3))).containsExactly(byIndex(size(3, 3)));
    assertThat(accesses(gt("size", 3))).containsExactly(byIndex(size(3, POSITIVE_INFINITY)));
    assertThat(accesses(gte("size", 3))).containsExactly(byIndex(size(3, POSITIVE_INFINITY)));
    assertThat(accesses(lt("size", 3))).containsExactly(byIndex(size(NEGATIVE_INFINITY, 3)));
    assertThat(accesses(lte("size", 3))).containsExactly(byIndex(size(NEGATIVE_INFINITY, 3)));
    assertThat(conditions.options(gt("size", 3))).noneMatch(Option::isExact);
  }

  @Test
  void momentsAreRangesOfMicroseconds() {
    assertThat(accesses(gte("at", Instant.ofEpochSecond(2))))
        .containsExactly(
            byIndex(new IndexRange(IndexTerm.range("at"), 2_000_000, POSITIVE_INFINITY)));
  }

  @Test
  void oneOfOnARangeIndexIsTheRangeFromTheLeastToTheGreatest() {
    assertThat(conditions.options(in("size", List.of(7, 3, 5))))
        .containsExactly(new Option(byIndex(size(3, 7)), false));
  }

  @Test
  void rangesOfOneFieldAreIntersected() {
    assertThat(accesses(and(gt("size", 3), lte("size", 9), lt("size", 12))))
        .containsExactly(byIndex(size(3, 9)));
    assertThat(accesses(and(gt("size", 3), in("size", List.of(1, 5)))))
        .containsExactly(byIndex(size(3, 5)));
  }

  @Test
  void rangesOfTwoFieldsAreTwoOptions() {
    assertThat(accesses(and(gt("size", 3), lt("at", 9))))
        .containsExactly(
            byIndex(size(3, POSITIVE_INFINITY)),
            byIndex(new IndexRange(IndexTerm.range("at"), NEGATIVE_INFINITY, 9)));
  }

  @Test
  void contradictoryRangesMatchNothing() {
    assertThat(accesses(and(gt("size", 9), lt("size", 3)))).containsExactly(NOTHING);
    assertThat(accesses(and(gte("size", 3), lte("size", 3))))
        .as("one value is left")
        .containsExactly(byIndex(size(3, 3)));
  }

  @Test
  void nestedAndsAreFlat() {
    Filter nested = and(eq("kind", "a"), and(gt("size", 3), and(eq("color", "b"))));

    assertThat(Conditions.conjuncts(nested)).hasSize(3);
    assertThat(accesses(nested))
        .containsExactlyInAnyOrder(
            kind("a"),
            byIndex(IndexRange.all(IndexTerm.exact("color", "b"))),
            byIndex(size(3, POSITIVE_INFINITY)));
    assertThat(Conditions.conjuncts(and(and(), and(and())))).isEmpty();
  }

  @Test
  void anAndIsServedByThoseOfItsConditionsThatAre() {
    assertThat(accesses(and(eq("unknown", 1), not(eq("kind", "b")), eq("kind", "a"))))
        .containsExactly(kind("a"));
  }

  @Test
  void anOrIsTheUnionOfItsBranches() {
    Filter or = or(eq("kind", "a"), gt("size", 3));
    assertThat(accesses(or))
        .containsExactly(
            byIndex(IndexRange.all(IndexTerm.exact("kind", "a")), size(3, POSITIVE_INFINITY)));
    assertThat(conditions.options(or)).noneMatch(Option::isExact);
  }

  @Test
  void idsInTheBranchesOfAnOrAreLookedUp() {
    assertThat(accesses(or(eq("id", "x"), in("id", List.of("y", 5)))))
        .containsExactly(ids("x", "y", "5"));
    assertThat(accesses(or(eq("kind", "a"), eq("id", "b"))))
        .containsExactly(
            new Access.Union(List.of("b"), List.of(IndexRange.all(IndexTerm.exact("kind", "a")))));
  }

  @Test
  void anOrTakesOneConditionOfEachBranchAndEachRangeOnce() {
    assertThat(
            accesses(
                or(
                    and(eq("kind", "a"), eq("unknown", 1)),
                    and(eq("kind", "a"), eq("unknown", 2)),
                    or(eq("kind", "b"), in("kind", List.of())))))
        .containsExactly(kind("a", "b"));
  }

  @Test
  void aBranchThatMatchesNothingAddsNothing() {
    assertThat(accesses(or(eq("kind", "a"), and(gt("size", 9), lt("size", 3)))))
        .containsExactly(kind("a"));
    assertThat(accesses(or(in("kind", List.of())))).containsExactly(byIndex());
  }

  @Test
  void idsAreLookedUpByTextAndByWholeNumber() {
    assertThat(conditions.options(eq("id", "x"))).containsExactly(new Option(ids("x"), false));
    assertThat(accesses(eq("id", 42))).containsExactly(ids("42"));
    assertThat(accesses(eq("id", 4200.0))).containsExactly(ids("4200"));
    assertThat(accesses(eq("id", new BigDecimal("0.00")))).containsExactly(ids("0"));
    assertThat(accesses(eq("id", BigInteger.TEN.pow(30))))
        .containsExactly(ids("1" + "0".repeat(30)));
  }

  @Test
  void idsThatNoItemCanHaveAreLeftOut() {
    assertThat(accesses(in("id", List.of(1.5, true, "x")))).containsExactly(ids("x"));
    assertThat(accesses(eq("id", false))).containsExactly(NOTHING);
  }

  @Test
  void anIdGivenAsTextAndAsNumberIsLookedUpOnce() {
    assertThat(accesses(in("id", List.of("5", 5)))).containsExactly(ids("5"));
  }

  @Test
  void onlyIndexesThatAreDeclaredAndReadyServe() {
    ItemType<Document> type = ItemType.documents("things").index("kind", "id").range("at").build();
    Conditions conditions =
        new Conditions(
            new ItemMapper<>(type, new JsonCodec()),
            List.of(
                new IndexDefinition("kind", IndexKind.EXACT),
                new IndexDefinition("at", IndexKind.EXACT),
                new IndexDefinition("color", IndexKind.EXACT)));

    assertThat(conditions.options(eq("kind", "a"))).hasSize(1);
    assertThat(conditions.options(eq("color", "a"))).as("not declared").isEmpty();
    assertThat(conditions.options(eq("at", 1))).as("ready in another kind").isEmpty();
    assertThat(conditions.options(eq("id", "a"))).as("declared, so no key").isEmpty();
  }

  @Test
  void anIndexOfTheNameIdGoesBeforeTheLookUp() {
    Conditions own = allReady(ItemType.documents("things").index("id").build());

    assertThat(own.options(eq("id", "x")))
        .containsExactly(new Option(byIndex(IndexRange.all(IndexTerm.exact("id", "x"))), true));
  }
}
