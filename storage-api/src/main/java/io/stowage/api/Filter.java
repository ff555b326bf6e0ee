package io.stowage.api;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition on items. Immutable.
 *
 * <p>A field is a name, or names joined by dots that lead into nested objects; an element of a list
 * counts as a value of the field, and a segment of digits is its place. A dot that belongs to a
 * name is written <code>\.</code>; see {@link FieldPath}. The answer does not depend on the adapter
 * or on whether the field is indexed:
 *
 * <ul>
 *   <li>A field that is absent, or null, matches nothing but {@code missing}: not even {@code ne}
 *       or {@code nin}.
 *   <li>A field with several values matches if one of them does; {@code ne} and {@code nin} if none
 *       of them equals.
 *   <li>Values compare as {@link FieldValue} says. Values of different kinds are not equal ({@code
 *       ne} holds, {@code eq} does not) and have no order ({@code gt} and {@code lt} both fail).
 *   <li>Constants of enums and other objects mean what the store's codec stores for them: a
 *       constant that is {@code "user"} in JSON equals the text {@code "user"}.
 *   <li>The id of an item is a text, letter by letter: {@code eq}, {@code ne}, {@code in} and
 *       {@code nin} on {@code id} take two texts for one moment for different.
 *   <li>{@code not} holds exactly where its condition does not.
 * </ul>
 *
 * <p>Filters are nested at most {@link #MAX_DEPTH} levels deep, however they are built; a deeper
 * one is refused with {@link IllegalArgumentException}.
 */
public sealed interface Filter {

  /** How many levels of {@code and}, {@code or} and {@code not} a filter may have. */
  int MAX_DEPTH = 64;

  /** How a field's value must compare. */
  enum Operator {
    EQ("$eq"),
    NE("$ne"),
    GT("$gt"),
    GTE("$gte"),
    LT("$lt"),
    LTE("$lte");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    /** The operator's name in filters that are maps. */
    public String symbol() {
      return symbol;
    }
  }

  /** A field's value compares with an operand. */
  record Comparison(String field, Operator operator, FieldValue operand) implements Filter {
    public Comparison {
      Limits.checkField(field);
    }

    @Override
    public String toString() {
      return "{" + field + " " + operator.symbol + " " + operand + "}";
    }
  }

  /** A field's value is one of several. */
  record OneOf(String field, List<FieldValue> operands) implements Filter {
    public OneOf {
      Limits.checkField(field);
      operands = List.copyOf(operands);
    }

    @Override
    public String toString() {
      return "{" + field + " $in " + operands + "}";
    }
  }

  /** A field is present and its value is none of several. */
  record NoneOf(String field, List<FieldValue> operands) implements Filter {
    public NoneOf {
      Limits.checkField(field);
      operands = List.copyOf(operands);
    }

    @Override
    public String toString() {
      return "{" + field + " $nin " + operands + "}";
    }
  }

  /** A field is there and not null. */
  record Present(String field) implements Filter {
    public Present {
      Limits.checkField(field);
    }

    @Override
    public String toString() {
      return "{" + field + " $exists true}";
    }
  }

  /** A field is not there, or null. */
  record Missing(String field) implements Filter {
    public Missing {
      Limits.checkField(field);
    }

    @Override
    public String toString() {
      return "{" + field + " $exists false}";
    }
  }

  /** All of several conditions hold; with none it holds always. */
  record And(List<Filter> conditions) implements Filter {
    public And {
      conditions = List.copyOf(conditions);
      FilterDepth.check(conditions);
    }

    @Override
    public String toString() {
      return "{$and " + conditions + "}";
    }
  }

  /** At least one of several conditions holds. */
  record Or(List<Filter> conditions) implements Filter {
    public Or {
      conditions = List.copyOf(conditions);
      if (conditions.isEmpty()) {
        throw new IllegalArgumentException("or has 0 conditions; allowed is 1 or more");
      }
      FilterDepth.check(conditions);
    }

    @Override
    public String toString() {
      return "{$or " + conditions + "}";
    }
  }

  /** A condition does not hold. */
  record Not(Filter condition) implements Filter {
    public Not {
      FilterDepth.check(List.of(condition));
    }

    @Override
    public String toString() {
      return "{$not " + condition + "}";
    }
  }

  /** Every item. */
  static Filter all() {
    return new And(List.of());
  }

  static Filter eq(String field, Object value) {
    return compare(field, Operator.EQ, value);
  }

  static Filter ne(String field, Object value) {
    return compare(field, Operator.NE, value);
  }

  static Filter gt(String field, Object value) {
    return compare(field, Operator.GT, value);
  }

  static Filter gte(String field, Object value) {
    return compare(field, Operator.GTE, value);
  }

  static Filter lt(String field, Object value) {
    return compare(field, Operator.LT, value);
  }

  static Filter lte(String field, Object value) {
    return compare(field, Operator.LTE, value);
  }

  /**
   * A field's value compares with an operand.
   *
   * @throws IllegalArgumentException if the field or the operand cannot be used in a filter
   */
  static Filter compare(String field, Operator operator, @Nullable Object value) {
    return new Comparison(field, operator, FieldValue.operand(field, value));
  }

  /** The value is one of these; with none, nothing matches. */
  static Filter in(String field, Collection<?> values) {
    return new OneOf(field, operands(field, values));
  }

  /** The field is present and its value is none of these. */
  static Filter nin(String field, Collection<?> values) {
    return new NoneOf(field, operands(field, values));
  }

  /** Each once; two texts for one moment are two ids. */
  private static List<FieldValue> operands(String field, Collection<?> values) {
    Map<Object, FieldValue> distinct = new LinkedHashMap<>();
    for (Object value : values) {
      FieldValue operand = FieldValue.operand(field, value);
      Object key =
          operand.origin().<Object>map(it -> List.of(operand, it)).orElse(operand.asWritten());
      distinct.putIfAbsent(key, operand);
    }
    return List.copyOf(distinct.values());
  }

  static Filter exists(String field) {
    return new Present(field);
  }

  static Filter missing(String field) {
    return new Missing(field);
  }

  static Filter and(Filter... conditions) {
    return new And(Arrays.asList(conditions));
  }

  static Filter or(Filter... conditions) {
    return new Or(Arrays.asList(conditions));
  }

  static Filter not(Filter condition) {
    return new Not(condition);
  }

  /**
   * Reads a filter from a map such as {@code {"turn": {"$gt": 3}, "type": "user_message"}}: a value
   * must be equal, a map of operators ({@code $eq $ne $in $nin $gt $gte $lt $lte $exists $not})
   * must hold whole, and {@code $and}, {@code $or} (lists) and {@code $not} (a map) combine
   * filters.
   *
   * @throws IllegalArgumentException if the map is no filter; the message names the part at fault
   */
  static Filter parse(Map<String, ?> filter) {
    return FilterParser.parse(filter);
  }
}
