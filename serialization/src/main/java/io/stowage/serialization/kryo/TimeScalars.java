package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;
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
import java.util.Date;

/** The bodies of moments, dates, times and zones, as {@code docs/format.md} lays them down. */
final class TimeScalars {

  private TimeScalars() {}

  /** Tells their numbers and serializers. */
  static void register(Scalars.Target target) {
    times(target);
    dates(target);
  }

  @SuppressWarnings("JavaUtilDate") // items have them
  private static void times(Scalars.Target target) {
    target.add(15, Instant.class, TimeScalars::writeInstant, TimeScalars::readInstant);
    target.add(17, LocalTime.class, TimeScalars::writeTime, TimeScalars::readTime);
    target.add(18, LocalDateTime.class, TimeScalars::writeDateTime, TimeScalars::readDateTime);
    target.add(
        19,
        OffsetDateTime.class,
        (out, v) -> {
          writeDateTime(out, v.toLocalDateTime());
          writeOffset(out, v.getOffset());
        },
        in -> OffsetDateTime.of(readDateTime(in), readOffset(in)));
    target.add(
        20,
        OffsetTime.class,
        (out, v) -> {
          writeTime(out, v.toLocalTime());
          writeOffset(out, v.getOffset());
        },
        in -> OffsetTime.of(readTime(in), readOffset(in)));
    target.add(21, ZonedDateTime.class, TimeScalars::writeZoned, TimeScalars::readZoned);
    target.add(22, ZoneOffset.class, TimeScalars::writeOffset, TimeScalars::readOffset);
    target.add(23, ZoneId.class, TimeScalars::writeZone, TimeScalars::readZone);
    target.add(
        24,
        Duration.class,
        (out, v) -> {
          out.writeVarLong(v.getSeconds(), false);
          out.writeVarInt(v.getNano(), true);
        },
        in -> Duration.ofSeconds(in.readVarLong(false), readNano(in)));
    target.add(
        29,
        Date.class,
        (out, v) -> out.writeVarLong(v.getTime(), false),
        in -> new Date(in.readVarLong(false)));
  }

  private static void writeInstant(CheckedOutput out, Instant value) {
    out.writeVarLong(value.getEpochSecond(), false);
    out.writeVarInt(value.getNano(), true);
  }

  private static Instant readInstant(CheckedInput in) {
    return Instant.ofEpochSecond(in.readVarLong(false), readNano(in));
  }

  private static int readNano(CheckedInput in) {
    int nano = in.readVarInt(true);
    if (nano < 0 || nano > 999_999_999) {
      throw new SerializationException(
          "nanoseconds are " + nano + "; allowed are 0 to 999999999", null);
    }
    return nano;
  }

  private static void writeTime(CheckedOutput out, LocalTime value) {
    out.writeVarLong(value.toNanoOfDay(), true);
  }

  private static LocalTime readTime(CheckedInput in) {
    return LocalTime.ofNanoOfDay(in.readVarLong(true));
  }

  private static void writeDateTime(CheckedOutput out, LocalDateTime value) {
    writeDate(out, value.toLocalDate());
    writeTime(out, value.toLocalTime());
  }

  private static LocalDateTime readDateTime(CheckedInput in) {
    return LocalDateTime.of(readDate(in), readTime(in));
  }

  private static void writeOffset(CheckedOutput out, ZoneOffset value) {
    out.writeVarInt(value.getTotalSeconds(), false);
  }

  private static ZoneOffset readOffset(CheckedInput in) {
    return ZoneOffset.ofTotalSeconds(in.readVarInt(false));
  }

  private static void writeZone(CheckedOutput out, ZoneId value) {
    out.writeString(value.getId());
  }

  private static ZoneId readZone(CheckedInput in) {
    return ZoneId.of(in.readText());
  }

  /** With the offset: where clocks are put back, a local time alone means two moments. */
  private static void writeZoned(CheckedOutput out, ZonedDateTime value) {
    writeDateTime(out, value.toLocalDateTime());
    writeOffset(out, value.getOffset());
    writeZone(out, value.getZone());
  }

  private static ZonedDateTime readZoned(CheckedInput in) {
    return ZonedDateTime.ofInstant(readDateTime(in), readOffset(in), readZone(in));
  }

  private static void dates(Scalars.Target target) {
    target.add(16, LocalDate.class, TimeScalars::writeDate, TimeScalars::readDate);
    target.add(
        25,
        Period.class,
        (out, v) -> {
          out.writeVarInt(v.getYears(), false);
          out.writeVarInt(v.getMonths(), false);
          out.writeVarInt(v.getDays(), false);
        },
        in -> Period.of(in.readVarInt(false), in.readVarInt(false), in.readVarInt(false)));
    target.add(
        26,
        Year.class,
        (out, v) -> out.writeVarInt(v.getValue(), false),
        in -> Year.of(in.readVarInt(false)));
    target.add(
        27,
        YearMonth.class,
        (out, v) -> {
          out.writeVarInt(v.getYear(), false);
          out.writeByte(v.getMonthValue());
        },
        in -> YearMonth.of(in.readVarInt(false), in.readByte()));
    target.add(
        28,
        MonthDay.class,
        (out, v) -> {
          out.writeByte(v.getMonthValue());
          out.writeByte(v.getDayOfMonth());
        },
        in -> MonthDay.of(in.readByte(), in.readByte()));
  }

  private static void writeDate(CheckedOutput out, LocalDate value) {
    out.writeVarLong(value.toEpochDay(), false);
  }

  private static LocalDate readDate(CheckedInput in) {
    return LocalDate.ofEpochDay(in.readVarLong(false));
  }
}
