package io.stowage.core.query;

import io.stowage.api.FieldValue;
import io.stowage.api.Filter;
import io.stowage.core.item.FieldValues;
import io.stowage.core.item.ItemFields;
import java.util.List;

/** Says whether an item matches a filter, by the rules in {@link Filter}'s description. */
final class FilterEvaluator {

  private FilterEvaluator() {}

  static boolean matches(Filter filter, ItemFields item) {
    if (filter instanceof Filter.Comparison comparison) {
      return compares(comparison, item);
    }
    if (filter instanceof Filter.And and) {
      return and.conditions().stream().allMatch(condition -> matches(condition, item));
    }
    if (filter instanceof Filter.OneOf oneOf) {
      return values(oneOf.field(), item).stream().anyMatch(oneOf.operands()::contains);
    }
    if (filter instanceof Filter.NoneOf noneOf) {
      return item.value(noneOf.field()) != null
          && values(noneOf.field(), item).stream().noneMatch(noneOf.operands()::contains);
    }
    if (filter instanceof Filter.Present present) {
      return item.value(present.field()) != null;
    }
    if (filter instanceof Filter.Missing missing) {
      return item.value(missing.field()) == null;
    }
    if (filter instanceof Filter.Or or) {
      return or.conditions().stream().anyMatch(condition -> matches(condition, item));
    }
    return !matches(((Filter.Not) filter).condition(), item);
  }

  private static boolean compares(Filter.Comparison comparison, ItemFields item) {
    List<FieldValue> values = values(comparison.field(), item);
    FieldValue operand = comparison.operand();
    if (comparison.operator() == Filter.Operator.NE) {
      return item.value(comparison.field()) != null
          && values.stream().noneMatch(value -> value.equals(operand));
    }
    return values.stream().anyMatch(value -> holds(comparison.operator(), value, operand));
  }

  private static boolean holds(Filter.Operator operator, FieldValue value, FieldValue operand) {
    if (operator == Filter.Operator.EQ) {
      return value.equals(operand);
    }
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
