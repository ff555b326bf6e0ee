package io.stowage.cli.command;

import io.stowage.api.Ttl;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as {@code 90s} or {@code 1h}. */
public final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern TIME = Pattern.compile("(\\d{1,15})(ms|s|m|h|d)");
  private static final Map<String, ChronoUnit> UNITS =
      Map.of(
          "ms", ChronoUnit.MILLIS,
          "s", ChronoUnit.SECONDS,
          "m", ChronoUnit.MINUTES,
          "h", ChronoUnit.HOURS,
          "d", ChronoUnit.DAYS);

  public DurationConverter() {}

  @Override
  public Duration convert(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is no time; allowed is a whole number and ms, s, m, h or d, such as 1h");
    }
    ChronoUnit unit = UNITS.getOrDefault(time.group(2), ChronoUnit.MILLIS);
    try {
      return Ttl.checked(Duration.of(Long.parseLong(time.group(1)), unit));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is out of bounds: " + e.getMessage());
    }
  }
}
