package io.stowage.testkit.storage;

import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;

/** How values compare, in every place that a {@link ValueBed} has. */
interface FilterValueClauses extends Clauses {

  @Clause
  @Order(Clause.FIRST)
  default void s062_numbersAreEqualByValue() {
    ValueBed bed =
        ValueBed.of(
            stores(),
            "int",
            1,
            "double",
            1.0,
            "decimal",
            new BigDecimal("1.00"),
            "text",
            "1",
            "half",
            1.5,
            "zero",
            0,
            "minus",
            -0.0);
    for (Object one :
        List.of(1, 1L, 1.0, 1.0f, (short) 1, new BigDecimal("1.000"), BigInteger.ONE)) {
      bed.assertMatches(field -> Filter.eq(field, one), "int", "double", "decimal");
    }
    bed.assertMatches(field -> Filter.eq(field, "1"), "text");
    bed.assertMatches(field -> Filter.eq(field, 0), "zero", "minus");
    bed.assertMatches(field -> Filter.eq(field, 1.5f), "half");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s063_largeNumbersAreExact() {
    long limit = 1L << 53;
    BigInteger huge = BigInteger.TEN.pow(30);
    ValueBed bed =
        ValueBed.of(
            stores(),
            "a",
            limit,
            "b",
            limit + 1,
            "c",
            limit + 2,
            "d",
            huge,
            "e",
            huge.add(BigInteger.ONE));
    bed.assertMatches(field -> Filter.eq(field, limit + 1), "b");
    bed.assertMatches(field -> Filter.gt(field, limit), "b", "c", "d", "e");
    bed.assertMatches(field -> Filter.lte(field, limit + 1), "a", "b");
    bed.assertMatches(field -> Filter.lt(field, huge.add(BigInteger.ONE)), "a", "b", "c", "d");
    bed.assertMatches(field -> Filter.gt(field, huge), "e");
    bed.assertMatches(field -> Filter.eq(field, huge), "d");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s064_fractionsAreExact() {
    BigDecimal close = new BigDecimal("0.1000000000000000000001");
    ValueBed bed = ValueBed.of(stores(), "tenth", 0.1, "close", close, "minus", -2.5);
    bed.assertMatches(field -> Filter.eq(field, 0.1), "tenth");
    bed.assertMatches(field -> Filter.eq(field, new BigDecimal("0.10")), "tenth");
    bed.assertMatches(field -> Filter.gt(field, 0.1), "close");
    bed.assertMatches(field -> Filter.eq(field, close), "close");
    bed.assertMatches(field -> Filter.lt(field, close), "tenth", "minus");
    bed.assertMatches(field -> Filter.lt(field, 0), "minus");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s065_valuesBeyondDoubles() {
    BigDecimal vast = new BigDecimal("1E+400");
    ValueBed bed =
        ValueBed.of(stores(), "low", vast.negate(), "max", Double.MAX_VALUE, "vast", vast);
    bed.assertMatches(field -> Filter.gt(field, Double.MAX_VALUE), "vast");
    bed.assertMatches(field -> Filter.eq(field, vast), "vast");
    bed.assertMatches(field -> Filter.lt(field, 0), "low");
    bed.assertMatches(field -> Filter.lte(field, new BigDecimal("2E+400")), "low", "max", "vast");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s066_differentKinds() {
    ValueBed bed = ValueBed.of(stores(), "text", "5", "number", 5, "boolean", true);
    bed.assertMatches(field -> Filter.eq(field, 5), "number");
    bed.assertMatches(field -> Filter.eq(field, "true"));
    bed.assertMatches(field -> Filter.ne(field, "5"), "number", "boolean");
    bed.assertMatches(field -> Filter.nin(field, List.of("5", true)), "number");
    bed.assertMatches(field -> Filter.gte(field, "0"), "text");
    bed.assertMatches(field -> Filter.lte(field, 100), "number");
    bed.assertMatches(field -> Filter.gt(field, Instant.EPOCH));
    bed.assertMatches(field -> Filter.not(Filter.gt(field, 1)), "text", "boolean");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s067_moments() {
    ValueBed bed =
        ValueBed.of(
            stores(),
            "noon",
            "2025-01-01T12:00:00Z",
            "berlin",
            "2025-01-01T13:00:00+01:00",
            "later",
            "2025-01-01T11:30:00-01:00",
            "date",
            "2025-01-01",
            "old",
            "1969-12-31T23:59:59Z");
    Instant noon = Instant.parse("2025-01-01T12:00:00Z");
    bed.assertMatches(field -> Filter.eq(field, noon), "noon", "berlin");
    bed.assertMatches(field -> Filter.eq(field, "2025-01-01T12:00:00.000Z"), "noon", "berlin");
    bed.assertMatches(
        field -> Filter.eq(field, OffsetDateTime.parse("2025-01-01T14:00:00+02:00")),
        "noon",
        "berlin");
    bed.assertMatches(field -> Filter.gt(field, noon), "later");
    bed.assertMatches(field -> Filter.lt(field, Instant.EPOCH), "old");
    bed.assertMatches(field -> Filter.eq(field, "2025-01-01"), "date");
    bed.assertMatches(field -> Filter.ne(field, noon), "later", "date", "old");
    bed.assertMatches(field -> Filter.lt(field, "2025-01-02"), "date");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s068_momentsToTheNanosecond() {
    ValueBed bed =
        ValueBed.of(
            stores(), "a", "2025-01-01T12:00:00.000000001Z", "b", "2025-01-01T12:00:00.000000002Z");
    Instant first = Instant.parse("2025-01-01T12:00:00.000000001Z");
    bed.assertMatches(field -> Filter.gt(field, first), "b");
    bed.assertMatches(field -> Filter.lte(field, first), "a");
    bed.assertMatches(field -> Filter.eq(field, first), "a");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s069_textsOrderByCodePoints() {
    ValueBed bed =
        ValueBed.of(
            stores(), "none", "", "Z", "Z", "a", "a", "high", "\uFFFF", "astral", "\uD83D\uDE00");
    bed.assertMatches(field -> Filter.gt(field, "\uFFFF"), "astral");
    bed.assertMatches(field -> Filter.lt(field, "a"), "none", "Z");
    bed.assertMatches(field -> Filter.and(Filter.gte(field, "Z"), Filter.lt(field, "b")), "Z", "a");
    bed.assertMatches(field -> Filter.eq(field, ""), "none");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s070_textsThatLookLikeOtherKinds() {
    ValueBed bed =
        ValueBed.of(
            stores(),
            "hash",
            "#1",
            "question",
            "?true",
            "at",
            "@2025-01-01T00:00:00Z",
            "backslash",
            "\\#1",
            "one",
            1,
            "yes",
            true,
            "null",
            "null");
    bed.assertMatches(field -> Filter.eq(field, "#1"), "hash");
    bed.assertMatches(field -> Filter.eq(field, "\\#1"), "backslash");
    bed.assertMatches(field -> Filter.eq(field, 1), "one");
    bed.assertMatches(field -> Filter.eq(field, "?true"), "question");
    bed.assertMatches(field -> Filter.eq(field, true), "yes");
    bed.assertMatches(field -> Filter.eq(field, "@2025-01-01T00:00:00Z"), "at");
    bed.assertMatches(field -> Filter.eq(field, "null"), "null");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s071_textsAreComparedAsTheyAre() {
    ValueBed bed =
        ValueBed.of(stores(), "composed", "\u00e9", "decomposed", "e\u0301", "upper", "\u00c9");
    bed.assertMatches(field -> Filter.eq(field, "\u00e9"), "composed");
    bed.assertMatches(field -> Filter.ne(field, "\u00e9"), "decomposed", "upper");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s072_pathsThroughLists() {
    for (Storage<Document> storage : List.of(stores().plain(), stores().indexed("parts.color"))) {
      storage.save(
          doc("id", "a", "parts", List.of(fields("color", "red"), fields("color", "blue"))));
      storage.save(doc("id", "b", "parts", List.of(fields("color", "blue"), fields("size", 1))));
      storage.save(doc("id", "c", "parts", fields("color", "red")));
      storage.save(doc("id", "d", "parts", "color"));

      assertThat(ids(storage, Query.where("parts.color").is("red").oldestFirst()))
          .containsExactly("a", "c");
      assertThat(ids(storage, Query.where("parts.color").is("blue").oldestFirst()))
          .containsExactly("a", "b");
      assertThat(ids(storage, Query.where("parts.color").isMissing())).containsExactly("d");
      assertThat(ids(storage, Query.where("parts.color").isNot("red"))).containsExactly("b");
    }
  }

  @Clause
  @Order(Clause.FIRST)
  default void s073_longIn() {
    ValueBed bed = ValueBed.of(stores(), "a", 7, "b", 299, "c", 300);
    List<Integer> values = IntStream.range(0, 300).boxed().toList();
    bed.assertMatches(field -> Filter.in(field, values), "a", "b");
    bed.assertMatches(field -> Filter.nin(field, values), "c");
  }

  @Clause
  @Order(Clause.FIRST)
  default void s074_typedItems() {
    Storage<Note> storage = stores().notes();
    Note one = Note.of("1", "s", 1).withText("buy milk");
    Note two = Note.of("2", "s", 2).withText("sell milk").withTags("x");
    storage.saveAll(List.of(one, two));

    assertThat(storage.list(Query.where("first_word").is("sell"))).containsExactly(two);
    assertThat(storage.list(Query.where("text").is("buy milk"))).containsExactly(one);
    assertThat(storage.list(Query.where("first_word").isNot("buy"))).containsExactly(two);
    assertThat(storage.list(Query.where("created_at").greaterThan(Note.EPOCH.plusSeconds(1))))
        .containsExactly(two);
    assertThat(storage.list(Query.where("kind").is(Note.Kind.TASK).and("tags").is("x")))
        .containsExactly(two);
    assertThat(storage.list(Query.where("id").is("1"))).containsExactly(one);
  }
}
