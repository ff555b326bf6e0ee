package io.stowage.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads filters from maps, as {@link Filter#parse} describes them. */
final class FilterParser {

  private static final String OPERATORS =
      "$eq, $ne, $in, $nin, $gt, $gte, $lt, $lte, $exists and $not";

  private FilterParser() {}

  static Filter parse(Map<String, ?> filter) {
    return conjunction(filter, 0);
  }

  private static Filter conjunction(Map<?, ?> filter, int depth) {
    checkDepth(depth);
    List<Filter> conditions = new ArrayList<>(filter.size());
    for (Map.Entry<?, ?> entry : filter.entrySet()) {
      String name = String.valueOf(entry.getKey());
      conditions.add(
          name.startsWith("$")
              ? combination(name, entry.getValue(), depth)
              : field(name, entry.getValue(), depth));
    }
    return conditions.size() == 1 ? conditions.get(0) : new Filter.And(conditions);
  }

  private static void checkDepth(int depth) {
    if (depth > Filter.MAX_DEPTH) {
      throw FilterDepth.tooDeep();
    }
  }

  private static Filter combination(String operator, @Nullable Object value, int depth) {
    return switch (operator) {
      case "$and" -> new Filter.And(all(operator, value, depth));
      case "$or" -> new Filter.Or(all(operator, value, depth));
      case "$not" -> new Filter.Not(conjunction(map(operator, value), depth + 1));
      default ->
          throw new IllegalArgumentException(
              "filter has the operator '"
                  + operator
                  + "' where a field is expected; allowed there are a field's name, $and, $or and"
                  + " $not");
    };
  }

  private static List<Filter> all(String operator, @Nullable Object value, int depth) {
    List<Filter> filters = new ArrayList<>();
    for (Object element : list(operator, value)) {
      filters.add(conjunction(map(operator, element), depth + 1));
    }
    return filters;
  }

  private static Filter field(String field, @Nullable Object condition, int depth) {
    if (condition instanceof Map<?, ?> operators) {
      return operators(field, operators, depth + 1);
    }
    if (condition instanceof Collection<?>) {
      throw new IllegalArgumentException(
          "condition on field '" + field + "' is a list; to match one of several values use $in");
    }
    return Filter.compare(field, Filter.Operator.EQ, condition);
  }

  private static Filter operators(String field, Map<?, ?> operators, int depth) {
    checkDepth(depth);
    if (operators.isEmpty()) {
      throw new IllegalArgumentException(
          "condition on field '" + field + "' is {}; allowed are the operators " + OPERATORS);
    }
    List<Filter> conditions = new ArrayList<>(operators.size());
    for (Map.Entry<?, ?> entry : operators.entrySet()) {
      conditions.add(operator(field, String.valueOf(entry.getKey()), entry.getValue(), depth));
    }
    return conditions.size() == 1 ? conditions.get(0) : new Filter.And(conditions);
  }

  private static Filter operator(String field, String symbol, @Nullable Object operand, int depth) {
    return switch (symbol) {
      case "$in" -> Filter.in(field, list(symbol + " on field '" + field + "'", operand));
      case "$nin" -> Filter.nin(field, list(symbol + " on field '" + field + "'", operand));
      case "$exists" -> presence(field, operand);
      case "$not" -> new Filter.Not(field(field, operand, depth));
      default -> Filter.compare(field, comparison(field, symbol), operand);
    };
  }

  private static Filter presence(String field, @Nullable Object operand) {
    if (operand instanceof Boolean present) {
      return present ? Filter.exists(field) : Filter.missing(field);
    }
    throw new IllegalArgumentException(
        "$exists on field '" + field + "' is '" + operand + "'; allowed are true and false");
  }

  private static Filter.Operator comparison(String field, String symbol) {
    for (Filter.Operator operator : Filter.Operator.values()) {
      if (operator.symbol().equals(symbol)) {
        return operator;
      }
    }
    throw new IllegalArgumentException(
        "condition on field '"
            + field
            + "' has the operator '"
            + symbol
            + "'; allowed are "
            + OPERATORS
            + ", and for a nested field its dotted path");
  }

  private static Collection<?> list(String what, @Nullable Object value) {
    if (value instanceof Collection<?> list) {
      return list;
    }
    throw new IllegalArgumentException(what + " is '" + value + "'; allowed is a list");
  }

  private static Map<?, ?> map(String what, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException(
        what + " holds '" + value + "'; allowed are filters, which are maps");
  }
}
