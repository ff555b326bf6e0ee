package io.stowage.cli.command;

import io.stowage.api.Filter;
import io.stowage.serialization.binding.ItemBinding;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the conditions of {@code --where}: a field, an operator and a value. A value that reads as
 * a number or a boolean means the text as well, since a shell knows no types: {@code id=12} finds
 * the id {@code "12"} and the number 12.
 */
final class WhereClause implements ITypeConverter<Filter> {

  private static final Pattern CLAUSE =
      Pattern.compile("(?<field>[^=<>!]+)(?<operator>!=|>=|<=|=|>|<)(?<value>.*)", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,9})?");

  WhereClause() {}

  @Override
  public Filter convert(String text) {
    Matcher clause = CLAUSE.matcher(text);
    if (!clause.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no condition; allowed are f=v, f!=v, f>v, f>=v, f<v and f<=v");
    }
    try {
      return filter(clause.group("field"), clause.group("operator"), clause.group("value"));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is no condition: " + e.getMessage());
    }
  }

  private static Filter filter(String field, String operator, String value) {
    List<Object> readings = readings(value);
    Object narrowest = readings.get(readings.size() - 1);
    return switch (operator) {
      case "=" -> readings.size() == 1 ? Filter.eq(field, value) : Filter.in(field, readings);
      case "!=" -> readings.size() == 1 ? Filter.ne(field, value) : Filter.nin(field, readings);
      case ">" -> Filter.gt(field, narrowest);
      case ">=" -> Filter.gte(field, narrowest);
      case "<" -> Filter.lt(field, narrowest);
      case "<=" -> Filter.lte(field, narrowest);
      default -> throw new IllegalArgumentException("the operator is '" + operator + "'");
    };
  }

  /** The text itself, and what else it may stand for. */
  private static List<Object> readings(String value) {
    if (value.equals("true") || value.equals("false")) {
      return List.of(value, Boolean.valueOf(value));
    }
    boolean isNumber =
        value.length() <= ItemBinding.MAX_NUMBER_LENGTH && NUMBER.matcher(value).matches();
    return isNumber ? List.of(value, new BigDecimal(value)) : List.of(value);
  }
}
