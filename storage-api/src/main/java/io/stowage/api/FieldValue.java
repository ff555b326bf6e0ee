package io.stowage.api;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value of a field as filters, indexes and orders see it: a number, a text, a boolean or a
 * moment.
 *
 * <p>Numbers are equal by value whatever their Java type. A text that is a complete ISO-8601 moment
 * ({@code 2025-01-01T00:00:00Z}, with seconds and a zone or offset, and perhaps in brackets a
 * region that has this offset then) is a moment, so that it compares in time with an {@link
 * Instant}. A text that is a complete ISO-8601 time without a date or a zone ({@code
 * 2025-01-01T10:30}) is the text of this time with seconds, as a {@link LocalDateTime} is. Values
 * of different kinds are never equal and have no order.
 */
public final class FieldValue {

  /** What a value is; values compare only within one kind. */
  public enum Kind {
    NUMBER,
    TEXT,
    BOOLEAN,
    MOMENT
  }

  private final Kind kind;
  private final Object value;

  /** The object that the value was made of, if a codec may store it as another value. */
  private final @Nullable Object origin;

  /** The text that the value was made of, if it was. */
  private final @Nullable String written;

  private FieldValue(Kind kind, Object value) {
    this(kind, value, null, null);
  }

  private FieldValue(Kind kind, Object value, @Nullable Object origin, @Nullable String written) {
    this.kind = kind;
    this.value = value;
    this.origin = origin;
    this.written = written;
  }

  /**
   * The value of a Java object; empty if it has none of the four kinds. Accepted are all numbers of
   * the JDK but NaN, the infinities and those of more than 33,000 bits, strings and characters,
   * booleans, enums and UUIDs (as their text), {@link Instant}, {@link OffsetDateTime}, {@link
   * ZonedDateTime} and {@link Date} (as moments), and the other {@code java.time} types (as their
   * ISO-8601 text).
   */
  public static Optional<FieldValue> of(@Nullable Object object) {
    return Optional.ofNullable(convert(object));
  }

  /**
   * The value of an operand of a filter.
   *
   * @throws IllegalArgumentException if the object has none of the four kinds
   */
  static FieldValue operand(String field, @Nullable Object object) {
    FieldValue value = convert(object);
    if (value == null) {
      String got =
          object == null
              ? "null"
              : Decimals.shown(object) + " of type " + object.getClass().getName();
      String hint = object == null ? "; to find items without the field use exists false" : "";
      throw new IllegalArgumentException(
          "operand for field '"
              + field
              + "' is "
              + got
              + "; allowed are numbers, strings, booleans, enums, UUIDs and java.time values"
              + hint);
    }
    return value;
  }

  private static @Nullable FieldValue convert(@Nullable Object object) {
    if (object == null) {
      return null;
    }
    if (object instanceof FieldValue value) {
      return value;
    }
    if (object instanceof CharSequence text) {
      return ofText(text.toString());
    }
    if (object instanceof Number number) {
      BigDecimal decimal = Decimals.of(number);
      return decimal == null ? null : new FieldValue(Kind.NUMBER, decimal);
    }
    if (object instanceof Boolean) {
      return new FieldValue(Kind.BOOLEAN, object);
    }
    Instant moment = Times.moment(object);
    if (moment != null) {
      return new FieldValue(Kind.MOMENT, moment);
    }
    if (object instanceof Enum<?> constant) {
      return new FieldValue(Kind.TEXT, constant.name(), constant, null);
    }
    if (object instanceof Character) {
      return ofText(object.toString());
    }
    String time = Times.text(object);
    if (time != null) {
      return new FieldValue(Kind.TEXT, time, object, null);
    }
    boolean asText =
        object instanceof UUID || object.getClass().getPackageName().equals("java.time");
    return asText ? new FieldValue(Kind.TEXT, object.toString(), object, null) : null;
  }

  private static FieldValue ofText(String text) {
    Instant moment = Times.moment(text);
    return moment == null
        ? new FieldValue(Kind.TEXT, Times.text(text), null, text)
        : new FieldValue(Kind.MOMENT, moment, null, text);
  }

  public Kind kind() {
    return kind;
  }

  /** The value as a {@link BigDecimal}, {@link String}, {@link Boolean} or {@link Instant}. */
  public Object value() {
    return value;
  }

  /**
   * The object of which this is the value, if a codec may store such an object as another value: a
   * constant of an enum, a UUID, or what is of {@code java.time} and no moment. Where items are
   * stored and queried, the stored value counts.
   */
  public Optional<Object> origin() {
    return Optional.ofNullable(origin);
  }

  /**
   * The value as a text that was given, letter by letter: other than the value itself, two texts
   * for one moment differ. A moment that was not given as a text is the text of its {@link
   * Instant}; numbers and booleans stay what they are.
   */
  public FieldValue asWritten() {
    if (kind != Kind.TEXT && kind != Kind.MOMENT) {
      return this;
    }
    String text = written == null ? value.toString() : written;
    return text.equals(value) ? this : new FieldValue(Kind.TEXT, text, null, text);
  }

  /**
   * How this value compares with another of the same kind: negative, zero or positive; empty if the
   * kinds differ. Texts compare by Unicode code points.
   */
  public OptionalInt compare(FieldValue other) {
    if (kind != other.kind) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        switch (kind) {
          case NUMBER -> ((BigDecimal) value).compareTo((BigDecimal) other.value);
          case MOMENT -> ((Instant) value).compareTo((Instant) other.value);
          case BOOLEAN -> Boolean.compare((Boolean) value, (Boolean) other.value);
          case TEXT -> CodePointOrder.compare((String) value, (String) other.value);
        });
  }

  /**
   * The place of a number or a moment (in microseconds since 1970) on a scale of doubles; empty for
   * texts and booleans. If a value is less than another its place is not greater. Values of at most
   * 15 digits have places of their own; see {@link #isShared}.
   */
  public OptionalDouble score() {
    if (value instanceof BigDecimal number) {
      return OptionalDouble.of(Scores.of(number));
    }
    return value instanceof Instant moment
        ? OptionalDouble.of(Scores.of(moment))
        : OptionalDouble.empty();
  }

  /** Whether different values of one kind may have this place on the scale of {@link #score}. */
  public static boolean isShared(double score) {
    return Scores.isShared(score);
  }

  /**
   * The value as a text that is the same for equal values and differs for all others: texts stand
   * for themselves, other kinds begin with {@code #}, {@code ?} or {@code @}, and a text that
   * begins with one of these or {@code \} has a {@code \} before it.
   */
  public String canonicalText() {
    return switch (kind) {
      case NUMBER -> "#" + canonical((BigDecimal) value);
      case BOOLEAN -> "?" + value;
      case MOMENT -> "@" + value;
      case TEXT -> escaped((String) value);
    };
  }

  private static String canonical(BigDecimal number) {
    return number.signum() == 0 ? "0" : plainOrScientific(number.stripTrailingZeros());
  }

  private static String plainOrScientific(BigDecimal stripped) {
    boolean isShort = stripped.scale() <= 0 && stripped.scale() > -20;
    return isShort ? stripped.toPlainString() : stripped.toString();
  }

  private static String escaped(String text) {
    boolean isAmbiguous = !text.isEmpty() && "#?@\\".indexOf(text.charAt(0)) >= 0;
    return isAmbiguous ? "\\" + text : text;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    if (!(object instanceof FieldValue other) || kind != other.kind) {
      return false;
    }
    return value instanceof BigDecimal number
        ? number.compareTo((BigDecimal) other.value) == 0
        : value.equals(other.value);
  }

  @Override
  public int hashCode() {
    return value instanceof BigDecimal number ? hash(number) : value.hashCode();
  }

  /** The same for numbers that are equal by value, whatever their scales. */
  private static int hash(BigDecimal number) {
    return number.signum() == 0 ? 0 : number.stripTrailingZeros().hashCode();
  }

  @Override
  public String toString() {
    return kind == Kind.TEXT ? quoted((String) value) : value.toString();
  }

  private static String quoted(String text) {
    String shown =
        text.length() <= 80
            ? text
            : text.substring(0, 80)
                + "… ("
                + text.getBytes(StandardCharsets.UTF_8).length
                + " bytes)";
    return '"' + shown + '"';
  }
}
