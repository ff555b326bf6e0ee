package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static io.stowage.testkit.storage.Docs.doc;
import static io.stowage.testkit.storage.Docs.fields;
import static io.stowage.testkit.storage.Docs.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stowage.api.Document;
import io.stowage.api.ItemType;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/** A value is kept as it is, or refused when it is saved; none vanishes or changes in silence. */
interface KeptValueClauses extends Clauses {

  /** A number of a program's own; what its methods answer is not all that it means. */
  final class Money extends Number {
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

  /** Some of what an item may be: nothing tells of which class one is. */
  sealed interface Shape permits Circle, Square {}

  /** A shape. */
  record Circle(double radius) implements Shape {}

  /** A shape. */
  record Square(double side) implements Shape {}

  /** An item that not every codec can read back. */
  record Drawing(String id, @Nullable Shape shape) {}

  /** The same item as it was before it had a part that not every codec can read. */
  record Sketch(String id) {}

  /** An item of values that are easily changed on their way. */
  @SuppressWarnings("NullableOptional") // that is one of them
  record Trip(
      String id,
      @Nullable ZonedDateTime start,
      @Nullable Locale language,
      @Nullable TimeZone zone,
      @Nullable Optional<String> remark) {}

  private static void assertRefused(ThrowingCallable call, String... named) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(named);
  }

  private static <T> void assertLoads(Storage<T> storage, String id, T saved) {
    assertThatCode(() -> assertThat(storage.load(id)).contains(saved)).doesNotThrowAnyException();
  }

  @Clause
  default void s260_valuesThatNoIndexTakes() {
    Storage<Document> storage =
        stores().documents(type -> type.index("a", "in.b").range("size").orderedBy("rank"));
    storage.save(doc("id", "before", "a", "x"));
    Map<String, @Nullable Object> map = fields("x", 1);

    assertRefused(() -> storage.save(doc("id", "n", "a", map)), "'n'", "'a'", "Map");
    assertRefused(() -> storage.save(doc("id", "n", "a", List.of(map))), "'n'", "'a'", "Map");
    assertRefused(() -> storage.save(doc("id", "n", "a", List.of("x", List.of(map)))), "'a'");
    assertRefused(() -> storage.insert(doc("id", "n", "in", fields("b", map))), "'in.b'", "Map");
    assertRefused(() -> storage.save(doc("id", "n", "size", map)), "'size'", "Map");
    assertRefused(() -> storage.save(doc("id", "n", "rank", map)), "'rank'", "Map");
    assertRefused(() -> storage.update("before", item -> item.with("a", map)), "'a'", "Map");
    assertRefused(
        () -> storage.saveAll(List.of(doc("id", "m", "a", "x"), doc("id", "n", "a", map))), "'n'");

    assertThat(ids(storage, Query.all())).containsExactly("before");
    assertThat(ids(storage, where("a").is("x"))).containsExactly("before");
    storage.save(doc("id", "other", "b", map));
    assertThat(storage.exists("other")).as("a map where no index is").isTrue();
  }

  @Clause
  default void s261_numbersOfUnknownTypes() {
    for (String name : List.of("price", "cost", "rank")) {
      ItemType.Builder<Sketch> type =
          ItemType.of(stores().freshName(), Sketch.class).id(Sketch::id);
      switch (name) {
        case "price" -> type.index(name, sketch -> new Money());
        case "cost" -> type.range(name, sketch -> List.of(new Money()));
        default -> type.orderedBy(name, sketch -> new Money());
      }
      Storage<Sketch> storage = stores().platform().store(type.build());

      assertRefused(
          () -> storage.save(new Sketch("a")), "'a'", "'" + name + "'", Money.class.getName());
      assertThat(storage.exists("a")).isFalse();
      assertRefused(
          () -> storage.list(where(name).is(new Money())), "'" + name + "'", Money.class.getName());
    }
  }

  /** Arithmetic would write out all the digits between such a number and its point. */
  @Clause
  default void s262_numbersFarFromThePoint() {
    Storage<Document> storage =
        stores().documents(type -> type.index("exact").range("range").orderedBy("range"));
    List<BigDecimal> numbers =
        List.of(
            new BigDecimal("-7E+1000000"),
            new BigDecimal("1E-1000000"),
            new BigDecimal("1E+10000000"));

    Assertions.assertTimeoutPreemptively(
        patience(),
        () -> {
          List<String> saved = new ArrayList<>();
          for (BigDecimal number : numbers) {
            String id = number.toString();
            storage.save(doc("id", id, "exact", number, "range", number, "bare", number));
            saved.add(id);
          }
          for (BigDecimal number : numbers) {
            for (String place : List.of("exact", "range", "bare")) {
              assertThat(ids(storage, where(place).is(number)))
                  .as("%s is %s", place, number)
                  .containsExactly(number.toString());
            }
          }
          assertThat(ids(storage, where("bare").greaterThan(numbers.get(0)).oldestFirst()))
              .isEqualTo(saved.subList(1, 3));
          assertThat(storage.load(saved.get(1)).orElseThrow().get("bare"))
              .isEqualTo(numbers.get(1));
        });
  }

  @Clause
  default void s263_hostileExpiry() {
    Storage<Document> storage = stores().plain();
    for (String hostile : List.of("1E-10000000", "1E-1000000000", "1E+1000000000")) {
      Document item = doc("id", "a", "expires_at", new BigDecimal(hostile));
      Assertions.assertTimeoutPreemptively(
          patience(),
          () -> {
            assertRefused(() -> storage.save(item), "'a'", "expires_at", hostile, "allowed");
            assertRefused(() -> storage.insert(item), "'a'", "expires_at", hostile, "allowed");
          });
    }
    assertThat(storage.exists("a")).isFalse();
  }

  @Clause
  default void s264_itemsThatCannotBeReadBack() {
    String name = stores().freshName();
    ItemType<Drawing> type = ItemType.of(name, Drawing.class).id(Drawing::id).build();
    stores()
        .platform()
        .store(ItemType.of(name, Sketch.class).id(Sketch::id).build())
        .save(new Sketch("a"));
    Storage<Drawing> storage = stores().platform().store(type);

    for (Drawing drawing :
        List.of(
            new Drawing("a", new Circle(1.5)),
            new Drawing("b", new Square(2)),
            new Drawing("c", null))) {
      try {
        storage.save(drawing);
      } catch (IllegalArgumentException refusal) {
        assertThat(refusal)
            .hasMessageContaining("'" + drawing.id() + "'")
            .hasMessageContaining("shape");
        boolean wasThere = drawing.id().equals("a");
        assertThat(storage.exists(drawing.id())).isEqualTo(wasThere);
        continue;
      }
      assertLoads(storage, drawing.id(), drawing);
    }
  }

  @Clause
  default void s265_valuesThatAreEasilyChanged() {
    ItemType<Trip> type = ItemType.of(stores().freshName(), Trip.class).id(Trip::id).build();
    Storage<Trip> storage = stores().platform().store(type);
    ZonedDateTime start = ZonedDateTime.parse("2024-10-27T02:30+01:00[Europe/Berlin]");
    Optional<String> none = Optional.empty();

    for (Trip trip :
        List.of(
            new Trip("region", start, null, null, none),
            new Trip("utc", ZonedDateTime.parse("2024-10-27T02:30Z[UTC]"), null, null, none),
            new Trip("script", null, Locale.forLanguageTag("zh-Hant-TW"), null, none),
            new Trip("variant", null, new Locale("de", "DE", "POSIX"), null, none),
            new Trip("zone", null, null, TimeZone.getTimeZone("Asia/Tokyo"), none),
            new Trip("null", null, null, null, null),
            new Trip("some", start, Locale.FRENCH, null, Optional.of("x")))) {
      try {
        storage.save(trip);
      } catch (IllegalArgumentException refusal) {
        assertThat(refusal).hasMessageContaining("'" + trip.id() + "'");
        assertThat(storage.exists(trip.id())).isFalse();
        continue;
      }
      assertLoads(storage, trip.id(), trip);
    }
    assertThat(storage.exists("some")).isTrue();
    if (storage.exists("region")) {
      assertThat(storage.list(where("start").is(start))).extracting(Trip::id).contains("region");
      assertThat(storage.list(where("start").is(start.toInstant())))
          .extracting(Trip::id)
          .contains("region");
    }
  }
}
