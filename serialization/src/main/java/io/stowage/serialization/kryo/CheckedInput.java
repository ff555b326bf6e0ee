package io.stowage.serialization.kryo;

import com.esotericsoftware.kryo.io.Input;
import io.stowage.spi.SerializationException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes in which any length may be a lie: nothing is allocated that the bytes could not fill.
 */
final class CheckedInput extends Input {

  private static final byte[] NOTHING = {};

  /** The elements promised by all counts so far; each takes a byte of its own at least. */
  private long promised;

  void open(byte[] bytes) {
    setBuffer(bytes);
    promised = 0;
  }

  /** Forgets the bytes. */
  void release() {
    setBuffer(NOTHING);
  }

  /** The number of elements that follow. */
  int readCount() {
    return promise(readVarInt(true));
  }

  /** Notes that so many elements follow. */
  int promise(int count) {
    requireRemaining(count);
    promised += count;
    if (promised > limit) {
      throw new SerializationException(
          "payload promises " + promised + " elements in " + limit + " bytes", null);
    }
    return count;
  }

  private void requireRemaining(int count) {
    int remaining = limit - position;
    if (count < 0 || count > remaining) {
      throw new SerializationException(
          "payload has a length of "
              + Integer.toUnsignedString(count)
              + " at byte "
              + position
              + ", where only "
              + remaining
              + " bytes remain",
          null);
    }
  }

  void requireEnd() {
    if (position < limit) {
      throw new SerializationException(
          "payload has " + (limit - position) + " bytes after its item", null);
    }
  }

  /** A text or null, as {@link CheckedOutput#writeString} writes it. */
  @Override
  public @Nullable String readString() {
    int code = readVarInt(true);
    if (code == 0) {
      return null;
    }
    int length = code - 1;
    requireRemaining(length);
    int start = position;
    String text = new String(buffer, start, length, StandardCharsets.UTF_8);
    position = start + length;
    if (text.indexOf('\uFFFD') >= 0) {
      requireWhole(text, start);
    }
    return text;
  }

  /** A text that must be there. */
  String readText() {
    String text = readString();
    if (text == null) {
      throw new SerializationException("payload lacks a text before byte " + position, null);
    }
    return text;
  }

  private void requireWhole(String text, int start) {
    byte[] again = text.getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(again, 0, again.length, buffer, start, position)) {
      throw new SerializationException("text at byte " + start + " is no UTF-8", null);
    }
  }

  @Override
  public StringBuilder readStringBuilder() {
    return new StringBuilder(readText());
  }

  @Override
  public byte[] readBytes(int length) {
    requireRemaining(length);
    return super.readBytes(length);
  }

  @Override
  public int[] readInts(int length) {
    requireRemaining(length);
    return super.readInts(length);
  }

  @Override
  public int[] readInts(int length, boolean optimizePositive) {
    requireRemaining(length);
    return super.readInts(length, optimizePositive);
  }

  @Override
  public long[] readLongs(int length) {
    requireRemaining(length);
    return super.readLongs(length);
  }

  @Override
  public long[] readLongs(int length, boolean optimizePositive) {
    requireRemaining(length);
    return super.readLongs(length, optimizePositive);
  }

  @Override
  public float[] readFloats(int length) {
    requireRemaining(length);
    return super.readFloats(length);
  }

  @Override
  public double[] readDoubles(int length) {
    requireRemaining(length);
    return super.readDoubles(length);
  }

  @Override
  public short[] readShorts(int length) {
    requireRemaining(length);
    return super.readShorts(length);
  }

  @Override
  public char[] readChars(int length) {
    requireRemaining(length);
    return super.readChars(length);
  }

  @Override
  public boolean[] readBooleans(int length) {
    requireRemaining(length);
    return super.readBooleans(length);
  }
}
