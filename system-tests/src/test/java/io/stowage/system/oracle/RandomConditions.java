package io.stowage.system.oracle;

import io.stowage.api.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conditions by chance, with all operators, nested, over all fields of {@link Content}. */
final class RandomConditions {

  /** The values of an item in a field; null if it has none, which is less than an empty list. */
  private record Field(String name, BiFunction<String, Content, @Nullable List<Object>> values) {

    static Field one(String name, BiFunction<String, Content, @Nullable Object> value) {
      return new Field(
          name,
          (id, content) -> {
            Object found = value.apply(id, content);
            return found == null ? null : List.of(found);
          });
    }
  }

  private static final List<Filter.Operator> OPERATORS = List.of(Filter.Operator.values());

  private static final List<Field> FIELDS =
      List.of(
          Field.one("kind", (id, content) -> content.kind()),
          Field.one("kind", (id, content) -> content.kind()),
          new Field(
              "tags", (id, content) -> content.tags() == null ? null : List.copyOf(content.tags())),
          Field.one("size", (id, content) -> content.size()),
          Field.one("rank", (id, content) -> content.rank()),
          Field.one("inner.color", (id, content) -> content.color()),
          Field.one("note", (id, content) -> content.note()),
          Field.one("id", (id, content) -> id));

  private final Random random;
  private final List<String> ids;

  RandomConditions(Random random, List<String> ids) {
    this.random = random;
    this.ids = ids;
  }

  /** A condition that is nested so deep at most. */
  Condition next(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return leaf(FIELDS.get(random.nextInt(FIELDS.size())));
    }
    List<Condition> parts =
        Stream.generate(() -> next(depth - 1)).limit(1 + random.nextInt(3)).toList();
    Filter[] filters = parts.stream().map(Condition::filter).toArray(Filter[]::new);
    return switch (random.nextInt(5)) {
      case 0, 1 ->
          new Condition(
              Filter.and(filters),
              (id, content) -> parts.stream().allMatch(part -> part.holds(id, content)));
      case 2, 3 ->
          new Condition(
              Filter.or(filters),
              (id, content) -> parts.stream().anyMatch(part -> part.holds(id, content)));
      default ->
          new Condition(Filter.not(filters[0]), (id, content) -> !parts.get(0).holds(id, content));
    };
  }

  private Condition leaf(Field field) {
    return switch (random.nextInt(12)) {
      case 0 -> onValues(field, Filter.exists(field.name), values -> true);
      case 1 ->
          new Condition(
              Filter.missing(field.name), (id, content) -> field.values.apply(id, content) == null);
      case 2, 3, 4 -> {
        List<Object> operands = operands(field);
        yield onValues(
            field,
            Filter.in(field.name, operands),
            values -> values.stream().anyMatch(value -> isAmong(operands, value)));
      }
      case 5 -> {
        List<Object> operands = operands(field);
        yield onValues(
            field,
            Filter.nin(field.name, operands),
            values -> values.stream().noneMatch(value -> isAmong(operands, value)));
      }
      case 6, 7, 8 -> comparison(field, Filter.Operator.EQ);
      default -> comparison(field, OPERATORS.get(random.nextInt(OPERATORS.size())));
    };
  }

  private Condition comparison(Field field, Filter.Operator operator) {
    Object operand = operand(field);
    Filter filter = Filter.compare(field.name, operator, operand);
    if (operator == Filter.Operator.NE) {
      return onValues(
          field, filter, values -> values.stream().noneMatch(value -> isEqual(value, operand)));
    }
    return onValues(
        field,
        filter,
        values -> values.stream().anyMatch(value -> compares(value, operator, operand)));
  }

  private static Condition onValues(Field field, Filter filter, Predicate<List<Object>> meaning) {
    return new Condition(
        filter,
        (id, content) -> {
          List<Object> values = field.values.apply(id, content);
          return values != null && meaning.test(values);
        });
  }

  private static boolean isAmong(List<Object> operands, Object value) {
    return operands.stream().anyMatch(operand -> isEqual(value, operand));
  }

  private static boolean isEqual(Object value, Object operand) {
    return compares(value, Filter.Operator.EQ, operand);
  }

  private static boolean compares(Object value, Filter.Operator operator, Object operand) {
    int order;
    if (value instanceof Number left && operand instanceof Number right) {
      order = Long.compare(left.longValue(), right.longValue());
    } else if (value instanceof String left && operand instanceof String right) {
      order = left.compareTo(right);
    } else {
      return false;
    }
    return switch (operator) {
      case EQ -> order == 0;
      case GT -> order > 0;
      case GTE -> order >= 0;
      case LT -> order < 0;
      case LTE -> order <= 0;
      case NE -> throw new IllegalArgumentException("ne is about all values of a field");
    };
  }

  private List<Object> operands(Field field) {
    List<Object> operands = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      operands.add(operand(field));
    }
    return operands;
  }

  /** A value that the field may have; now and then one of another kind. */
  private Object operand(Field field) {
    boolean isNumber = field.name.equals("size") || field.name.equals("rank");
    if (field.name.equals("id")) {
      return ids.get(random.nextInt(ids.size()));
    }
    if (random.nextInt(12) == 0 ? !isNumber : isNumber) {
      return field.name.equals("rank") ? random.nextInt(2 * ids.size()) : random.nextInt(6);
    }
    return Content.WORDS.get(random.nextInt(Content.WORDS.size()));
  }
}
