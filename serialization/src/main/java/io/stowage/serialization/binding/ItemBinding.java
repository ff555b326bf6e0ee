package io.stowage.serialization.binding;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.stowage.api.Loss;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * How items are bound to tokens, and the limits that keep them readable: whatever exceeds these is
 * refused on writing, so that nothing is stored that would be refused on reading.
 */
public final class ItemBinding {

  /** The levels of a document: those that it may nest, and itself. */
  public static final int MAX_DEPTH = 501;

  /** The longest text or name, in UTF-16 code units. */
  public static final int MAX_TEXT_LENGTH = 20_000_000;

  /** The longest number in characters; reading one takes time by the square of its length. */
  public static final int MAX_NUMBER_LENGTH = 10_000;

  /** Numbers of so many bits have fewer digits than the longest number that is read. */
  public static final int MAX_NUMBER_BITS = 33_000;

  /** The most digits after a number's point, or zeros at its end that are not written. */
  private static final int MAX_SCALE = 1_000_000_000;

  private ItemBinding() {}

  /**
   * Begins a mapper that leaves nulls out, names in snake case and moments in ISO-8601, and refuses
   * values that it would read as others.
   *
   * @param accepted what it may read as another all the same
   */
  public static JsonMapper.Builder mapper(JsonFactory factory, Set<Loss> accepted) {
    return view(factory)
        .addModule(
            new SimpleModule("stowage-refusals")
                .setSerializerModifier(new DeclaredValues(accepted)));
  }

  /** Begins the same mapper for what is only looked at: it refuses no value that it can write. */
  public static JsonMapper.Builder view(JsonFactory factory) {
    return JsonMapper.builder(factory)
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .addModule(values())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(
            MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(
            DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
            DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
            DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
            DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
        .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING);
  }

  /** What is refused on reading. */
  public static StreamReadConstraints readConstraints() {
    return StreamReadConstraints.builder()
        .maxNestingDepth(MAX_DEPTH)
        .maxNumberLength(MAX_NUMBER_LENGTH)
        .maxStringLength(MAX_TEXT_LENGTH)
        .maxNameLength(MAX_TEXT_LENGTH)
        .build();
  }

  /** What is refused on writing. */
  public static StreamWriteConstraints writeConstraints() {
    return StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
  }

  /** Why a number cannot be written; null if it can. */
  public static @Nullable String refusal(double number) {
    return Double.isFinite(number)
        ? null
        : "number is " + number + "; JSON holds finite numbers only";
  }

  /** Why a number cannot be written; null if it can. */
  public static @Nullable String refusal(@Nullable BigInteger number) {
    return number == null || number.bitLength() <= MAX_NUMBER_BITS
        ? null
        : "number has " + number.bitLength() + " bits; allowed are at most " + MAX_NUMBER_BITS;
  }

  /** Why a number cannot be written; null if it can. */
  public static @Nullable String refusal(@Nullable BigDecimal number) {
    if (number == null) {
      return null;
    }
    if (Math.abs((long) number.scale()) > MAX_SCALE) {
      return "number has the scale "
          + number.scale()
          + "; allowed are -"
          + MAX_SCALE
          + " to "
          + MAX_SCALE;
    }
    return refusal(number.unscaledValue());
  }

  /** Why a text or name cannot be written; null if it can. */
  public static @Nullable String refusal(String text) {
    if (text.length() > MAX_TEXT_LENGTH) {
      return tooLong(text.length());
    }
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean isPair =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          return loneSurrogate(unit);
        }
        i++;
      }
    }
    return null;
  }

  /** Why a text of so many characters cannot be written. */
  public static String tooLong(int length) {
    return "text has " + length + " characters; allowed are at most " + MAX_TEXT_LENGTH;
  }

  /** Why a text with this half of a pair cannot be written. */
  public static String loneSurrogate(int unit) {
    return String.format(
        Locale.ROOT, "text has the lone surrogate U+%04X, which UTF-8 cannot hold", unit);
  }

  private static SimpleModule values() {
    SimpleModule module =
        new SimpleModule("stowage").addDeserializer(Number.class, new ExactNumberDeserializer());
    JdkForms.addTo(module);
    return module;
  }
}
