package io.stowage.core.query;

import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import io.stowage.core.item.FieldValues;
import io.stowage.core.item.ItemFields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says whether items match a filter, by the rules in {@link Filter}'s description. Made once for a
 * query: a list of values is looked up, not walked through, for each item. Immutable.
 */
final class FilterEvaluator {

  private final Predicate<ItemFields> condition;

  /** Whether the field {@code id} is the item's id, which is a text, letter by letter. */
  private final boolean isIdText;

  FilterEvaluator(Filter filter, boolean isIdText) {
    this.isIdText = isIdText;
    this.condition = condition(filter);
  }

  boolean matches(ItemFields item) {
    return condition.test(item);
  }

  private Predicate<ItemFields> condition(Filter filter) {
    if (filter instanceof Filter.Comparison comparison) {
      return comparison(comparison);
    }
    if (filter instanceof Filter.OneOf oneOf) {
      return anyOf(oneOf.field(), oneOf.operands());
    }
    if (filter instanceof Filter.NoneOf noneOf) {
      return noneOf(noneOf.field(), noneOf.operands());
    }
    if (filter instanceof Filter.Present present) {
      return item -> item.value(present.field()) != null;
    }
    if (filter instanceof Filter.Missing missing) {
      return item -> item.value(missing.field()) == null;
    }
    if (filter instanceof Filter.And and) {
      List<Predicate<ItemFields>> all = conditions(and.conditions());
      return item -> all.stream().allMatch(each -> each.test(item));
    }
    if (filter instanceof Filter.Or or) {
      List<Predicate<ItemFields>> any = conditions(or.conditions());
      return item -> any.stream().anyMatch(each -> each.test(item));
    }
    return condition(((Filter.Not) filter).condition()).negate();
  }

  private List<Predicate<ItemFields>> conditions(List<Filter> filters) {
    return filters.stream().map(this::condition).toList();
  }

  private Predicate<ItemFields> anyOf(String field, List<FieldValue> operands) {
    Set<FieldValue> any = new HashSet<>(toEqual(field, operands));
    return item -> toEqual(field, values(field, item)).stream().anyMatch(any::contains);
  }

  private Predicate<ItemFields> noneOf(String field, List<FieldValue> operands) {
    Predicate<ItemFields> any = anyOf(field, operands);
    return item -> item.value(field) != null && !any.test(item);
  }

  private List<FieldValue> toEqual(String field, List<FieldValue> values) {
    return isIdText && field.equals("id")
        ? values.stream().map(FieldValue::asWritten).toList()
        : values;
  }

  private Predicate<ItemFields> comparison(Filter.Comparison comparison) {
    String field = comparison.field();
    FieldValue operand = comparison.operand();
    return switch (comparison.operator()) {
      case EQ -> anyOf(field, List.of(operand));
      case NE -> noneOf(field, List.of(operand));
      case GT, GTE, LT, LTE ->
          item ->
              values(field, item).stream()
                  .anyMatch(value -> isOrdered(comparison.operator(), value, operand));
    };
  }

  private static boolean isOrdered(Filter.Operator operator, FieldValue value, FieldValue operand) {
    return value.compare(operand).stream()
        .anyMatch(
            order ->
                switch (operator) {
                  case GT -> order > 0;
                  case GTE -> order >= 0;
                  case LT -> order < 0;
                  case LTE -> order <= 0;
                  case EQ, NE -> throw new IllegalStateException(operator + " has no order");
                });
  }

  private static List<FieldValue> values(String field, ItemFields item) {
    return FieldValues.of(item.value(field));
  }
}
