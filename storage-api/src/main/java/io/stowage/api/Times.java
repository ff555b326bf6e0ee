package io.stowage.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Moments, and the one form of times that are none because they lack a date or a zone: with seconds
 * always, and no more digits of a fraction than it needs.
 */
final class Times {

  /** Longer than the text of any moment with the region of a zone behind it. */
  private static final int MAX_LENGTH = 120;

  private Times() {}

  /** The moment that an object is; null if it is none. */
  @SuppressWarnings("JavaUtilDate") // its subclasses in java.sql refuse toInstant()
  static @Nullable Instant moment(Object object) {
    if (object instanceof Instant instant) {
      return instant;
    }
    if (object instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    if (object instanceof ZonedDateTime time) {
      return time.toInstant();
    }
    return object instanceof Date date ? Instant.ofEpochMilli(date.getTime()) : null;
  }

  /** The moment that a text is; null if it is none. */
  static @Nullable Instant moment(String text) {
    int length = text.length();
    int time = length >= 20 && length <= MAX_LENGTH ? text.indexOf('T') : -1;
    boolean mayBeMoment =
        time >= 10
            && length > time + 6
            && text.charAt(time - 6) == '-'
            && text.charAt(time - 3) == '-'
            && text.charAt(time + 3) == ':'
            && text.charAt(time + 6) == ':';
    if (!mayBeMoment) {
      return null;
    }
    try {
      int region = text.indexOf('[');
      return region < 0
          ? OffsetDateTime.parse(text).toInstant()
          : inRegion(OffsetDateTime.parse(text.substring(0, region)), text.substring(region));
    } catch (DateTimeException notAMoment) {
      return null;
    }
  }

  /** The moment of a time with a region in brackets, if the region has this offset then. */
  private static @Nullable Instant inRegion(OffsetDateTime time, String bracketed) {
    if (!bracketed.endsWith("]")) {
      return null;
    }
    ZoneId region = ZoneId.of(bracketed.substring(1, bracketed.length() - 1));
    return ZonedDateTime.ofStrict(time.toLocalDateTime(), time.getOffset(), region).toInstant();
  }

  /** The one form of a time that is no moment; null if the object is none. */
  static @Nullable String text(Object object) {
    if (object instanceof LocalDateTime time) {
      return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
    }
    if (object instanceof LocalTime time) {
      return DateTimeFormatter.ISO_LOCAL_TIME.format(time);
    }
    return object instanceof OffsetTime time
        ? DateTimeFormatter.ISO_OFFSET_TIME.format(time)
        : null;
  }

  /** The one form of the time that a text is; the text itself if it is none. */
  static String text(String text) {
    int length = text.length();
    int colon = length >= 5 && length <= MAX_LENGTH ? text.indexOf(':') : -1;
    if (colon < 2 || !mayBeTime(text, colon)) {
      return text;
    }
    try {
      return canonical(parsed(text, colon), text);
    } catch (DateTimeException notATime) {
      return text;
    }
  }

  /** Tells most texts apart without the cost of an exception. */
  private static boolean mayBeTime(String text, int colon) {
    boolean mayBeginSo =
        colon == 2
            || (colon >= 13 && text.charAt(colon - 3) == 'T' && text.charAt(colon - 6) == '-');
    return mayBeginSo
        && text.chars().skip(colon - 2).allMatch(unit -> "0123456789:.+-Z".indexOf(unit) >= 0);
  }

  private static TemporalAccessor parsed(String text, int colon) {
    if (colon > 2) {
      return LocalDateTime.parse(text);
    }
    boolean hasOffset = text.indexOf('Z') > 0 || text.indexOf('+') > 0 || text.indexOf('-') > 0;
    return hasOffset ? OffsetTime.parse(text) : LocalTime.parse(text);
  }

  private static String canonical(TemporalAccessor time, String text) {
    String form = text(time);
    return form == null || form.equals(text) ? text : form;
  }
}
