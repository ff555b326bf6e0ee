package io.stowage.cli.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Splits bytes into lines of UTF-8, one at a time. A byte order mark before the first line and a
 * carriage return at the end of any are no part of a line. For one thread.
 */
final class LineReader {

  /** The longest line; the bytes of a longer one are dropped, so that memory is bounded. */
  static final int MAX_BYTES = 64 << 20;

  /** So many bytes tell an encoding. */
  private static final int ENCODING_BYTES = 4;

  /** The two bytes of the byte order mark of UTF-16, in either order. */
  private static final byte HIGH_MARK = (byte) 0xfe;

  private static final byte LOW_MARK = (byte) 0xff;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int end;
  private long number;
  private boolean isBegun;

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

  /**
   * The next line; null after the last.
   *
   * @throws IOException if the bytes cannot be read, or are of another encoding than UTF-8
   */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream begun = new ByteArrayOutputStream(0);
    boolean isTooLong = false;
    boolean isThere = false;
    while (position < end || fill()) {
      isThere = true;
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
    return isThere ? line(begun.toByteArray(), isTooLong) : null;
  }

  private boolean fill() throws IOException {
    if (!isBegun) {
      return begin();
    }
    position = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  /** Looks at the first bytes, which tell the encoding. */
  private boolean begin() throws IOException {
    isBegun = true;
    end = in.readNBytes(buffer, 0, ENCODING_BYTES);
    if (isWide()) {
      throw new IOException(
          "it begins with the bytes "
              + HexFormat.ofDelimiter(" ").withUpperCase().formatHex(buffer, 0, end)
              + ", so it is UTF-16 or UTF-32; allowed is UTF-8");
    }
    return end > 0;
  }

  /** Whether there is a byte order mark of UTF-16 or UTF-32, or JSON begins as it does in these. */
  private boolean isWide() {
    boolean isMarked =
        end >= 2
            && ((buffer[0] == LOW_MARK && buffer[1] == HIGH_MARK)
                || (buffer[0] == HIGH_MARK && buffer[1] == LOW_MARK));
    boolean isBare =
        end >= 2
            && ((buffer[0] == 0 && isStart(buffer[1])) || (buffer[1] == 0 && isStart(buffer[0])));
    return isMarked || isBare || (end == ENCODING_BYTES && isUtf32());
  }

  /** Whether JSON, or an empty line, begins so. */
  private static boolean isStart(byte first) {
    return "{[ \t\r\n".indexOf(first) >= 0;
  }

  private boolean isUtf32() {
    return buffer[0] == 0 && buffer[1] == 0 && buffer[2] == HIGH_MARK && buffer[3] == LOW_MARK;
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
