package io.stowage.testkit.storage;

import static io.stowage.api.Query.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.stowage.api.ItemType;
import io.stowage.api.Loss;
import io.stowage.api.Query;
import io.stowage.api.Storage;
import io.stowage.testkit.contract.Clause;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Year;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The value of a field is what is stored for it. */
interface StoredValueClauses extends Clauses {

  /** Constants with another text than their names. */
  enum Season {
    SUMMER,
    WINTER;

    @Override
    public String toString() {
      return "the " + name();
    }
  }

  /** An item of values that codecs store in forms of their own. */
  record Stay(String id, Season season, Year year, UUID key, List<DayOfWeek> days) {}

  /** An item with fields that say nothing of the class of their values. */
  record Bag(
      String id,
      @Nullable Object any,
      @Nullable Number number,
      Map<String, Object> map,
      List<Object> list) {

    static Bag of(String id, @Nullable Object any) {
      return new Bag(id, any, null, Map.of(), List.of());
    }
  }

  private static List<String> found(Storage<Stay> storage, Query query) {
    return storage.list(query).stream().map(Stay::id).sorted().toList();
  }

  /** Each field is there twice: as an index with a function, and as it is stored. */
  @Clause
  default void s290_valuesAreWhatIsStored() {
    ItemType<Stay> type =
        ItemType.of(stores().freshName(), Stay.class)
            .id(Stay::id)
            .index("by_season", Stay::season)
            .index("by_year", Stay::year)
            .index("by_key", Stay::key)
            .index("by_days", Stay::days)
            .build();
    Storage<Stay> storage = stores().platform().store(type);
    UUID key = new UUID(3, 4);
    List<DayOfWeek> days = List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    storage.save(new Stay("a", Season.SUMMER, Year.of(2024), key, days));
    storage.save(
        new Stay("b", Season.WINTER, Year.of(2025), new UUID(1, 2), List.of(DayOfWeek.FRIDAY)));

    for (String prefix : List.of("by_", "")) {
      assertThat(found(storage, where(prefix + "season").is(Season.SUMMER)))
          .as("'%sseason'", prefix)
          .containsExactly("a");
      assertThat(found(storage, where(prefix + "season").isNot(Season.SUMMER)))
          .containsExactly("b");
      assertThat(found(storage, where(prefix + "year").is(Year.of(2025))))
          .as("'%syear'", prefix)
          .containsExactly("b");
      assertThat(found(storage, where(prefix + "year").in(List.of(Year.of(2024), Year.of(2025)))))
          .containsExactly("a", "b");
      assertThat(found(storage, where(prefix + "year").notIn(List.of(Year.of(2024)))))
          .containsExactly("b");
      assertThat(found(storage, where(prefix + "year").greaterThan(Year.of(2024))))
          .as("'%syear'", prefix)
          .containsExactly("b");
      assertThat(found(storage, where(prefix + "key").is(key))).containsExactly("a");
      assertThat(found(storage, where(prefix + "key").is(key.toString()))).containsExactly("a");
      assertThat(found(storage, where(prefix + "days").is(DayOfWeek.MONDAY))).containsExactly("a");
      assertThat(storage.count(where(prefix + "days").is(DayOfWeek.FRIDAY))).isEqualTo(2);
    }
  }

  private static Map<String, @Nullable Object> openValues() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("text", "a");
    values.put("none", null);
    values.put("integer", 5);
    values.put("long", 5L);
    values.put("float", 1.5f);
    values.put("double", 1.5);
    values.put("decimal", new BigDecimal("1.50"));
    values.put("year", Year.of(2025));
    values.put("key", new UUID(1, 2));
    values.put("day", DayOfWeek.FRIDAY);
    values.put("integers", List.of(1, 2));
    values.put("nested", Map.of("a", List.of(Map.of("b", 5))));
    values.put("record", new KeptValueClauses.Circle(1.5));
    return values;
  }

  @Clause
  default void s295_fieldsThatAreDeclaredOpen() {
    ItemType<Bag> type = ItemType.of(stores().freshName(), Bag.class).id(Bag::id).build();
    Storage<Bag> storage = stores().platform().store(type);

    openValues()
        .forEach(
            (label, value) -> {
              assertKept(storage, Bag.of(label, value), "any");
              if (value != null) {
                Bag empty = Bag.of(label, null);
                assertKept(
                    storage,
                    new Bag(label + "-map", null, null, Map.of("x", value), empty.list()),
                    "map");
                assertKept(
                    storage,
                    new Bag(label + "-list", null, null, empty.map(), List.of("x", value)),
                    "list");
              }
              if (value instanceof Number number) {
                assertKept(
                    storage,
                    new Bag(label + "-number", null, number, Map.of(), List.of()),
                    "number");
              }
            });
    assertThat(storage.exists("text")).as("a text").isTrue();
    assertThat(storage.exists("text-map")).as("a map of texts").isTrue();
  }

  /** It comes back as it was, or is refused by the field or its class and not stored. */
  private static void assertKept(Storage<Bag> storage, Bag bag, String field) {
    try {
      storage.save(bag);
    } catch (IllegalArgumentException refusal) {
      assertThat(refusal)
          .hasMessageContaining("'" + bag.id() + "'")
          .message()
          .containsAnyOf(field, KeptValueClauses.Circle.class.getName());
      assertThat(storage.exists(bag.id())).isFalse();
      return;
    }
    assertThat(storage.load(bag.id())).as("%s", bag).contains(bag);
  }

  @Clause
  default void s296_lossesThatATypeAccepts() {
    ItemType<Bag> type =
        ItemType.of(stores().freshName(), Bag.class)
            .id(Bag::id)
            .acceptLossy(Loss.NUMBER_TYPES, Loss.CLASSES)
            .build();
    Storage<Bag> storage = stores().platform().store(type);

    for (Object number : List.of(5, (short) 5, 5L, 5.0f, new BigDecimal("5.0"))) {
      Bag bag = new Bag("n", number, (Number) number, Map.of("x", number), List.of(number));
      assertThatCode(() -> storage.save(bag)).as("%s", number).doesNotThrowAnyException();
      Bag back = storage.load("n").orElseThrow();
      assertThat(List.of(back.any(), back.number(), back.map().get("x"), back.list().get(0)))
          .as("%s", number)
          .allSatisfy(it -> assertThat(new BigDecimal(it.toString())).isEqualByComparingTo("5"));
    }
    Bag year = Bag.of("y", Year.of(2025));
    assertThatCode(() -> storage.save(year)).doesNotThrowAnyException();
    assertThat(String.valueOf(storage.load("y").orElseThrow().any())).isEqualTo("2025");
  }
}
