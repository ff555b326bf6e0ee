package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Currency;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The bodies of plain values other than times, as {@code docs/format.md} lays them down. */
final class Scalars {

  private Scalars() {}

  /** Takes in a class, its number and its serializer. */
  @FunctionalInterface
  interface Target {
    void accept(int number, Class<?> type, ScalarSerializer<?> serializer);

    default <T> void add(
        int number,
        Class<? extends T> type,
        BiConsumer<CheckedOutput, T> writer,
        Function<CheckedInput, T> reader) {
      accept(number, type, new ScalarSerializer<>(writer, reader));
    }
  }

  /** Tells their numbers and serializers. */
  static void register(Target target) {
    basics(target);
    names(target);
    arrays(target);
  }

  private static void basics(Target target) {
    target.add(2, String.class, CheckedOutput::writeString, CheckedInput::readText);
    target.add(3, Boolean.class, CheckedOutput::writeBoolean, Scalars::readBoolean);
    target.add(4, Long.class, (out, v) -> out.writeVarLong(v, false), in -> in.readVarLong(false));
    target.add(5, Double.class, CheckedOutput::writeDouble, CheckedInput::readDouble);
    target.add(6, BigInteger.class, Scalars::writeInteger, Scalars::readInteger);
    target.add(7, BigDecimal.class, Scalars::writeDecimal, Scalars::readDecimal);
    target.add(
        10, Integer.class, (out, v) -> out.writeVarInt(v, false), in -> in.readVarInt(false));
    target.add(11, Short.class, (out, v) -> out.writeShort(v), CheckedInput::readShort);
    target.add(12, Byte.class, (out, v) -> out.writeByte(v), CheckedInput::readByte);
    target.add(13, Character.class, CheckedOutput::writeChar, CheckedInput::readChar);
    target.add(14, Float.class, CheckedOutput::writeFloat, CheckedInput::readFloat);
    target.add(
        35,
        OptionalInt.class,
        (out, v) -> {
          out.writeBoolean(v.isPresent());
          v.ifPresent(number -> out.writeVarInt(number, false));
        },
        in -> readBoolean(in) ? OptionalInt.of(in.readVarInt(false)) : OptionalInt.empty());
    target.add(
        36,
        OptionalLong.class,
        (out, v) -> {
          out.writeBoolean(v.isPresent());
          v.ifPresent(number -> out.writeVarLong(number, false));
        },
        in -> readBoolean(in) ? OptionalLong.of(in.readVarLong(false)) : OptionalLong.empty());
    target.add(
        37,
        OptionalDouble.class,
        (out, v) -> {
          out.writeBoolean(v.isPresent());
          v.ifPresent(out::writeDouble);
        },
        in -> readBoolean(in) ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty());
  }

  private static boolean readBoolean(CheckedInput in) {
    int code = in.readByteUnsigned();
    if (code > 1) {
      throw new SerializationException("a boolean is " + code + "; allowed are 0 and 1", null);
    }
    return code == 1;
  }

  private static void writeInteger(CheckedOutput out, BigInteger value) {
    writeBytes(out, value.toByteArray());
  }

  private static BigInteger readInteger(CheckedInput in) {
    return new BigInteger(readBytes(in));
  }

  private static void writeDecimal(CheckedOutput out, BigDecimal value) {
    out.writeVarInt(value.scale(), false);
    writeInteger(out, value.unscaledValue());
  }

  private static BigDecimal readDecimal(CheckedInput in) {
    int scale = in.readVarInt(false);
    return new BigDecimal(readInteger(in), scale);
  }

  private static void writeBytes(CheckedOutput out, byte[] bytes) {
    out.writeVarInt(bytes.length, true);
    out.writeBytes(bytes);
  }

  private static byte[] readBytes(CheckedInput in) {
    return in.readBytes(in.readVarInt(true));
  }

  private static void names(Target target) {
    target.add(
        30,
        UUID.class,
        (out, v) -> {
          out.writeLong(v.getMostSignificantBits());
          out.writeLong(v.getLeastSignificantBits());
        },
        in -> new UUID(in.readLong(), in.readLong()));
    target.add(
        31, URI.class, (out, v) -> out.writeString(v.toString()), in -> URI.create(in.readText()));
    target.add(32, Locale.class, Scalars::writeLocale, in -> Locale.forLanguageTag(in.readText()));
    target.add(
        33,
        Currency.class,
        (out, v) -> out.writeString(v.getCurrencyCode()),
        in -> Currency.getInstance(in.readText()));
  }

  private static void writeLocale(CheckedOutput out, Locale value) {
    String tag = value.toLanguageTag();
    if (!Locale.forLanguageTag(tag).equals(value)) {
      throw new SerializationException("locale '" + value + "' has no language tag", null);
    }
    out.writeString(tag);
  }

  private static void arrays(Target target) {
    target.add(38, byte[].class, Scalars::writeBytes, Scalars::readBytes);
    target.add(
        39,
        boolean[].class,
        (out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeBooleans(v, 0, v.length);
        },
        in -> in.readBooleans(in.readVarInt(true)));
    target.add(
        40,
        short[].class,
        (out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeShorts(v, 0, v.length);
        },
        in -> in.readShorts(in.readVarInt(true)));
    target.add(
        41,
        char[].class,
        (out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeChars(v, 0, v.length);
        },
        in -> in.readChars(in.readVarInt(true)));
    target.add(
        42,
        int[].class,
        (out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeInts(v, 0, v.length, false);
        },
        in -> in.readInts(in.readVarInt(true), false));
    target.add(
        43,
        long[].class,
        (out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeLongs(v, 0, v.length, false);
        },
        in -> in.readLongs(in.readVarInt(true), false));
    target.add(
        44,
        float[].class,
        (out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeFloats(v, 0, v.length);
        },
        in -> in.readFloats(in.readVarInt(true)));
    target.add(
        45,
        double[].class,
        (out, v) -> {
          out.writeVarInt(v.length, true);
          out.writeDoubles(v, 0, v.length);
        },
        in -> in.readDoubles(in.readVarInt(true)));
  }
}
