package io.stowage.serialization.values;

import static io.stowage.serialization.values.JdkType.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SimpleTimeZone;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Every plain type of the JDK that a codec accepts, with the values that tell what becomes of it.
 */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete", "UnnecessaryStringBuilder"}) // items have them
final class JdkTypes {

  private JdkTypes() {}

  static List<JdkType> all() {
    return Stream.of(numbers(), texts(), times(), zones(), others(), JdkCollections.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<JdkType> numbers() {
    return List.of(
        type("boolean", true, false),
        type("java.lang.Boolean", true, false),
        type("byte", (byte) -128),
        type("java.lang.Byte", (byte) -128),
        type("short", Short.MIN_VALUE),
        type("java.lang.Short", Short.MAX_VALUE),
        type("int", Integer.MIN_VALUE),
        type("java.lang.Integer", Integer.MAX_VALUE),
        type("long", Long.MIN_VALUE),
        type("java.lang.Long", Long.MAX_VALUE),
        type("float", 0.1f, -0.0f, Float.MIN_VALUE).and("NaN", Float.NaN),
        type("java.lang.Float", 0.1f, -0.0f, Float.MAX_VALUE).and("NaN", Float.NaN),
        type("double", 0.1, -0.0, Double.MIN_VALUE).and("NaN", Double.NaN),
        type("java.lang.Double", 0.1, -0.0, Double.MAX_VALUE).and("NaN", Double.NaN),
        type("java.math.BigInteger", BigInteger.TWO.pow(99).negate(), BigInteger.ZERO),
        type(
                "java.math.BigDecimal",
                new BigDecimal("1.10"),
                new BigDecimal("7"),
                new BigDecimal("0E-5"),
                new BigDecimal("1E+400"))
            .and("more than 10,000 digits", new BigDecimal(BigInteger.TWO.pow(40_000))),
        type("java.util.concurrent.atomic.AtomicBoolean", new AtomicBoolean(true)),
        type("java.util.concurrent.atomic.AtomicInteger", new AtomicInteger(-5)),
        type("java.util.concurrent.atomic.AtomicLong", new AtomicLong(Long.MIN_VALUE)));
  }

  private static List<JdkType> texts() {
    return List.of(
        type("char", 'c', ' ', '\0').and("lone surrogates", '\uD800'),
        type("java.lang.Character", 'c', ' ', '\0').and("lone surrogates", '\uD800'),
        type("java.lang.String", "", " a ", "é😀", "\0").and("lone surrogates", "\uD800"),
        type("java.lang.StringBuilder", new StringBuilder(" a "), new StringBuilder()),
        type("java.lang.StringBuffer", new StringBuffer(" a "), new StringBuffer()),
        type("java.util.UUID", new UUID(-1, 5)),
        type("java.util.Currency", Currency.getInstance("EUR")),
        type("java.net.URI", URI.create("https://example.org/a?b#c"), URI.create("")),
        type("java.util.regex.Pattern", Pattern.compile("a+ "))
            .and("with flags", Pattern.compile("a", Pattern.CASE_INSENSITIVE)),
        type(
                "java.util.Locale",
                Locale.GERMANY,
                Locale.ROOT,
                Locale.FRENCH,
                new Locale("", "DE"),
                new Locale("de", "DE", "POSIX"),
                Locale.forLanguageTag("zh-Hant-TW"),
                Locale.forLanguageTag("th-TH-u-nu-thai"))
            .and("without a language tag", new Locale("no", "NO", "a_b_#c")));
  }

  private static List<JdkType> times() {
    LocalDateTime noon = LocalDateTime.of(2025, 6, 1, 12, 0);
    return List.of(
        type("java.time.Instant", Instant.MIN, Instant.MAX, Instant.ofEpochSecond(1, 1)),
        type("java.time.LocalDate", LocalDate.MIN, LocalDate.MAX, LocalDate.EPOCH),
        type("java.time.LocalTime", LocalTime.MIN, LocalTime.MAX, LocalTime.NOON),
        type("java.time.LocalDateTime", LocalDateTime.MIN, LocalDateTime.MAX, noon),
        type(
            "java.time.OffsetDateTime",
            OffsetDateTime.MIN,
            OffsetDateTime.MAX,
            noon.atOffset(ZoneOffset.ofHoursMinutesSeconds(1, 2, 3))),
        type("java.time.OffsetTime", OffsetTime.MIN, OffsetTime.MAX),
        type(
            "java.time.ZonedDateTime",
            noon.atZone(ZoneId.of("Europe/Paris")),
            noon.atZone(ZoneId.of("UTC")),
            noon.atZone(ZoneId.of("GMT+2")),
            noon.atZone(ZoneOffset.UTC),
            noon.atZone(ZoneOffset.ofHours(2)),
            LocalDateTime.MAX.atZone(ZoneOffset.UTC),
            inOverlap().withEarlierOffsetAtOverlap(),
            inOverlap().withLaterOffsetAtOverlap()),
        type("java.time.Duration", Duration.ofSeconds(Long.MIN_VALUE, 7), Duration.ofNanos(-1)),
        type("java.time.Period", Period.of(-1, 2, Integer.MAX_VALUE), Period.ZERO),
        type(
            "java.time.Year", Year.of(2025), Year.of(-5), Year.of(12_345), Year.of(Year.MIN_VALUE)),
        type("java.time.YearMonth", YearMonth.of(2025, 2), YearMonth.of(-44, 3))
            .and("beyond the year 9999", YearMonth.of(12_345, 12)),
        type("java.time.MonthDay", MonthDay.of(2, 29)),
        type("java.util.Date", new Date(-5), new Date(1_735_689_600_123L)));
  }

  /** Clocks are put back then, so that the local time alone means two moments. */
  private static ZonedDateTime inOverlap() {
    return LocalDateTime.of(2024, 10, 27, 2, 30).atZone(ZoneId.of("Europe/Berlin"));
  }

  private static List<JdkType> zones() {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("Asia/Tokyo"));
    return List.of(
        type(
            "java.time.ZoneId",
            ZoneId.of("America/New_York"),
            ZoneId.of("UTC+1"),
            ZoneOffset.ofHours(3)),
        type("java.time.ZoneOffset", ZoneOffset.MIN, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)),
        type(
                "java.util.TimeZone",
                TimeZone.getTimeZone("Asia/Tokyo"),
                TimeZone.getTimeZone("GMT+2"))
            .and("with rules of its own", new SimpleTimeZone(1_234, "mine")),
        new JdkType("java.util.Calendar", List.of()).and("all", calendar),
        new JdkType("java.util.GregorianCalendar", List.of()).and("all", calendar));
  }

  private static List<JdkType> others() {
    return List.of(
        type("java.util.Optional<String>", Optional.of("x"), Optional.empty()),
        type("java.util.OptionalInt", OptionalInt.of(-5), OptionalInt.empty()),
        type("java.util.OptionalLong", OptionalLong.of(Long.MIN_VALUE), OptionalLong.empty()),
        type("java.util.OptionalDouble", OptionalDouble.of(0.1), OptionalDouble.empty()),
        type(
            "java.util.concurrent.atomic.AtomicReference<String>",
            new AtomicReference<>("x"),
            new AtomicReference<String>()),
        type("java.lang.Class<?>", String.class, DayOfWeek.class),
        type("java.lang.Void"),
        type("java.lang.StackTraceElement", new Throwable().getStackTrace()[0]));
  }
}
