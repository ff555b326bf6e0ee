package io.stowage.testkit.storage;

import static io.stowage.testkit.storage.Docs.fields;

import io.stowage.api.Document;
import io.stowage.api.Filter;
import io.stowage.api.ItemType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random documents and filters over few fields and few values, so that filters match some of the
 * documents: texts, numbers of several Java types, booleans, moments, lists, nulls and absent
 * fields.
 */
public final class RandomDocuments {

  private static final List<Object> TEXTS = List.of("", "a", "b", "B", "1", "\uD83D\uDE00", "#1");
  private static final List<Object> NUMBERS =
      List.of(
          0,
          1,
          1L,
          1.0,
          2,
          2.5,
          -3,
          new BigDecimal("2.50"),
          9_007_199_254_740_993L,
          BigInteger.TWO.pow(53),
          100f);
  private static final List<Object> MOMENTS =
      List.of(
          "2025-01-01T00:00:00Z", "2025-01-01T01:00:00+01:00", "2025-06-01T00:00:00.000000001Z");
  private static final List<String> FIELDS =
      List.of(
          "session", "type", "tags", "meta.color", "turn", "meta.size", "text", "meta.free", "no");

  private final Random random;

  public RandomDocuments(Random random) {
    this.random = random;
  }

  /** Declares an index on most of the fields, of both kinds. */
  public static ItemType.DocumentBuilder describe(ItemType.DocumentBuilder type) {
    return type.index("session", "type", "tags", "meta.color").range("turn", "meta.size");
  }

  /** One of several things. */
  public <T> T oneOf(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** A document with this id; every field but the id may be absent. */
  public Document document(String id) {
    Map<String, @Nullable Object> item = fields("id", id);
    put(item, "session", () -> oneOf(TEXTS));
    put(item, "type", this::value);
    put(item, "tags", this::values);
    put(item, "turn", () -> random.nextInt(4) == 0 ? value() : oneOf(NUMBERS));
    put(item, "text", this::value);
    if (random.nextInt(4) > 0) {
      Map<String, @Nullable Object> meta = fields();
      put(meta, "color", this::value);
      put(meta, "size", () -> random.nextInt(4) == 0 ? value() : oneOf(NUMBERS));
      put(meta, "free", this::values);
      item.put("meta", meta);
    }
    return Document.of(item);
  }

  private void put(
      Map<String, @Nullable Object> item, String name, Supplier<@Nullable Object> value) {
    int chance = random.nextInt(8);
    if (chance > 1) {
      item.put(name, value.get());
    } else if (chance == 1) {
      item.put(name, null);
    }
  }

  /** A text, a number, a boolean or a moment. */
  Object value() {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> oneOf(TEXTS);
      case 3, 4, 5 -> oneOf(NUMBERS);
      case 6 -> random.nextBoolean();
      default -> oneOf(MOMENTS);
    };
  }

  /** One value, or a list of one to three. */
  private Object values() {
    return random.nextBoolean() ? value() : listOfValues(1);
  }

  private List<Object> listOfValues(int least) {
    return IntStream.range(0, least + random.nextInt(3)).mapToObj(i -> value()).toList();
  }

  /** A filter that is nested so deep at most. */
  public Filter filter(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return condition(oneOf(FIELDS));
    }
    return switch (random.nextInt(4)) {
      case 0, 1 -> Filter.and(filters(depth - 1));
      case 2 -> Filter.or(filters(depth - 1));
      default -> Filter.not(filter(depth - 1));
    };
  }

  private Filter[] filters(int depth) {
    List<Filter> filters = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      filters.add(filter(depth));
    }
    return filters.toArray(Filter[]::new);
  }

  private Filter condition(String field) {
    return switch (random.nextInt(10)) {
      case 0 -> Filter.in(field, listOfValues(0));
      case 1 -> Filter.nin(field, listOfValues(0));
      case 2 -> Filter.exists(field);
      case 3 -> Filter.missing(field);
      case 4, 5 -> Filter.eq(field, value());
      default -> Filter.compare(field, oneOf(List.of(Filter.Operator.values())), value());
    };
  }
}
