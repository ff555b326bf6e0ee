package io.stowage.serialization.binding;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Reads numbers of no given type by value: whole ones as {@code Long} or, if too large, {@code
 * BigInteger}; others as {@code Double} or, if a double would change them, {@code BigDecimal}.
 */
final class ExactNumberDeserializer extends StdScalarDeserializer<Number> {

  ExactNumberDeserializer() {
    super(Number.class);
  }

  @Override
  public Number deserialize(JsonParser parser, DeserializationContext context) {
    if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          ? parser.getBigIntegerValue()
          : (Number) parser.getLongValue();
    }
    if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)) {
      return switch (parser.getNumberTypeFP()) {
        case FLOAT32, DOUBLE64 -> parser.getDoubleValue();
        case BIG_DECIMAL -> exact(parser.getDecimalValue(), parser.getDoubleValue());
        default -> exact(parser.getDecimalValue(), Double.parseDouble(parser.getString()));
      };
    }
    return (Number) context.handleUnexpectedToken(context.constructType(Number.class), parser);
  }

  private static Number exact(BigDecimal decimal, double nearest) {
    boolean isExact =
        Double.isFinite(nearest)
            && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
    return isExact ? (Number) nearest : decimal;
  }
}
