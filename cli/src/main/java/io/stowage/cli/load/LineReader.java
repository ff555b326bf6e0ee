package io.stowage.cli.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines, one at a time. A byte order mark before the first line and a carriage
 * return at the end of any are no part of a line. For one thread.
 */
final class LineReader {

  /** The longest line; the bytes of a longer one are dropped, so that memory is bounded. */
  static final int MAX_BYTES = 64 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int end;
  private long number;

  /** A line. Its bytes are handed on and not copied: nobody changes them. */
  static final class Line {

    private final long number;
    private final byte[] bytes;
    private final boolean tooLong;

    Line(long number, byte[] bytes, boolean tooLong) {
      this.number = number;
      this.bytes = bytes;
      this.tooLong = tooLong;
    }

    /** Its place, from 1. */
    long number() {
      return number;
    }

    /** Its bytes without its end; empty if it is too long. */
    byte[] bytes() {
      return bytes;
    }

    /** Whether it has more than {@link #MAX_BYTES}. */
    boolean isTooLong() {
      return tooLong;
    }

    /** Whether there is nothing but white space in it. */
    boolean isBlank() {
      for (byte b : bytes) {
        if (b != ' ' && b != '\t') {
          return false;
        }
      }
      return !tooLong;
    }
  }

  LineReader(InputStream in) {
    this.in = in;
  }

  /** The next line; null after the last. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
    boolean isTooLong = false;
    boolean isBegun = false;
    while (position < end || fill()) {
      isBegun = true;
      int newline = indexOfNewline();
      int stop = newline < 0 ? end : newline;
      if (begun.size() + (stop - position) > MAX_BYTES) {
        isTooLong = true;
        begun.reset();
      }
      if (!isTooLong) {
        begun.write(buffer, position, stop - position);
      }
      position = newline < 0 ? end : newline + 1;
      if (newline >= 0) {
        break;
      }
    }
    return isBegun ? line(begun.toByteArray(), isTooLong) : null;
  }

  private boolean fill() throws IOException {
    position = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private int indexOfNewline() {
    for (int i = position; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private Line line(byte[] bytes, boolean isTooLong) {
    number++;
    int from = number == 1 && startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    int to =
        bytes.length > from && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
    boolean isWhole = from == 0 && to == bytes.length;
    return new Line(number, isWhole ? bytes : Arrays.copyOfRange(bytes, from, to), isTooLong);
  }

  private static boolean startsWithMark(byte[] bytes) {
    int length = BYTE_ORDER_MARK.length;
    return bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length);
  }
}
