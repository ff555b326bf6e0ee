package io.stowage.serialization.binding;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.ext.javatime.deser.YearDeserializer;
import tools.jackson.databind.ext.javatime.ser.ZonedDateTimeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** The forms of classes of the JDK that Jackson would write so that something of them is lost. */
final class JdkForms {

  private static final TextForm<ZonedDateTime> ZONED =
      new TextForm<>(
          ZonedDateTime.class,
          List.of(DateTimeFormatter.ISO_ZONED_DATE_TIME::format),
          ZonedDateTime::parse,
          Objects::equals,
          ZonedDateTimeSerializer.INSTANCE);

  private static final TextForm<Locale> LOCALE =
      new TextForm<>(
          Locale.class,
          List.of(Locale::toString, Locale::toLanguageTag),
          JdkForms::locale,
          Objects::equals,
          null);

  private static final TextForm<TimeZone> ZONE =
      new TextForm<>(
          TimeZone.class, List.of(TimeZone::getID), TimeZone::getTimeZone, Objects::equals, null);

  private static final TextForm<Pattern> PATTERN =
      new TextForm<>(
          Pattern.class,
          List.of(Pattern::pattern),
          Pattern::compile,
          (one, other) -> one.flags() == other.flags(),
          null);

  private static final TextForm<YearMonth> MONTH =
      new TextForm<>(
          YearMonth.class,
          List.of(YearMonth::toString, month -> "+" + month),
          YearMonth::parse,
          Objects::equals,
          null);

  private JdkForms() {}

  /**
   * Texts of {@code java.time} values are those of {@code toString()}: filters compare with these,
   * so a stored value and an operand of the same time must have the same text.
   */
  static void addTo(SimpleModule module) {
    module
        .addSerializer(LocalDateTime.class, ToStringSerializer.instance)
        .addSerializer(LocalTime.class, ToStringSerializer.instance)
        .addSerializer(OffsetTime.class, ToStringSerializer.instance)
        .addSerializer(Year.class, ToStringSerializer.instance)
        .addDeserializer(Year.class, new OfYear())
        .addSerializer(Calendar.class, new NoCalendar())
        .addKeySerializer(Calendar.class, new NoCalendar())
        .addKeySerializer(BigInteger.class, new NumberKey<>(ItemBinding::refusal))
        .addKeySerializer(BigDecimal.class, new NumberKey<>(ItemBinding::refusal));
    MONTH.addKeysTo(module);
    ZONED.addTo(module);
    LOCALE.addTo(module);
    ZONE.addTo(module);
    PATTERN.addTo(module);
  }

  /** As Jackson reads them: with lines under its parts as Java writes them, or a language tag. */
  private static Locale locale(String text) {
    int line = text.indexOf('_');
    int hyphen = text.indexOf('-');
    if (hyphen >= 0 && (line < 0 || hyphen < line)) {
      return Locale.forLanguageTag(text);
    }
    String[] parts = text.split("[_-]", 3);
    return new Locale(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
  }

  /** Years of more or fewer than four digits, too, as {@link Year#toString} writes them. */
  private static final class OfYear extends StdScalarDeserializer<Year> {

    OfYear() {
      super(Year.class);
    }

    @Override
    public Year deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.hasToken(JsonToken.VALUE_STRING)) {
        try {
          return Year.of(Integer.parseInt(parser.getString()));
        } catch (RuntimeException otherForm) {
          return YearDeserializer.INSTANCE.deserialize(parser, context);
        }
      }
      return YearDeserializer.INSTANCE.deserialize(parser, context);
    }
  }

  private static final class NoCalendar extends StdScalarSerializer<Calendar> {

    NoCalendar() {
      super(Calendar.class);
    }

    @Override
    public void serialize(
        Calendar calendar, JsonGenerator generator, SerializationContext context) {
      throw new StreamWriteException(
          generator,
          "a Calendar would come back without its time zone; allowed are ZonedDateTime,"
              + " OffsetDateTime, Instant and Date");
    }
  }

  /** Numbers that could not be read back are refused as keys as they are as values. */
  private static final class NumberKey<T> extends ValueSerializer<T> {

    private final Function<T, @Nullable String> refusal;

    NumberKey(Function<T, @Nullable String> refusal) {
      this.refusal = refusal;
    }

    @Override
    public void serialize(T number, JsonGenerator generator, SerializationContext context) {
      String reason = refusal.apply(number);
      if (reason != null) {
        throw new StreamWriteException(generator, reason);
      }
      generator.writeName(number.toString());
    }
  }
}
