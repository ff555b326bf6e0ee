package io.stowage.embedded.redis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Redis servers and their clients send: values of the protocols 2 and 3 (RESP), one
 * after the other. It takes no byte from the stream beyond the value that it was asked for, so the
 * stream should be a buffered one.
 *
 * <p>What is no value of these protocols is a {@link ProtocolException}: a string of more than a
 * gibibyte, a line of more than 64 KiB and values inside each other more than 128 deep as well.
 * After any exception the stream stands somewhere inside a value and cannot be read on. For one
 * thread.
 */
public final class RespReader {

  private static final int MAX_BULK_BYTES = 1 << 30;
  private static final int MAX_LINE_BYTES = 1 << 16;
  private static final int MAX_DEPTH = 128;

  /** The three letters before the text of a verbatim string, and their colon. */
  private static final int FORMAT_BYTES = 4;

  private static final Pattern DOUBLE =
      Pattern.compile("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?|[-+]?inf|-?nan");

  private final InputStream in;

  /** What was read of the frame that is to be recorded; null while none is. */
  private @Nullable ByteArrayOutputStream frame;

  /** Reads from a stream, which stays the caller's to close. */
  public RespReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads one value. Both protocols lead to the same types where they mean the same:
   *
   * <ul>
   *   <li>a {@code String} for a simple string;
   *   <li>{@code byte[]} for a bulk string and for a verbatim one, without the latter's format;
   *   <li>{@code Long}, {@code Double}, {@code Boolean} and, for a big number, {@code BigInteger};
   *   <li>null for each of the three nulls;
   *   <li>{@link RespError} for both kinds of errors;
   *   <li>{@code List} of the same for an array and for a set, and for a map with its keys and
   *       values in turn;
   *   <li>{@link RespPush} for what comes unasked.
   * </ul>
   *
   * An attribute is read and dropped; the value that follows it counts.
   *
   * @throws EOFException if the stream ends before the value does
   * @throws ProtocolException if it is no value
   */
  public @Nullable Object read() throws IOException {
    return value(octet(), MAX_DEPTH);
  }

  /**
   * Reads one value and answers its bytes, as they came; null if the stream ends before it.
   *
   * @throws EOFException if the stream ends inside the value
   * @throws ProtocolException if it is no value
   */
  public byte @Nullable [] readFrame() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    frame = bytes;
    try {
      value(first, MAX_DEPTH);
      return bytes.toByteArray();
    } finally {
      frame = null;
    }
  }

  private @Nullable Object value(int type, int depth) throws IOException {
    if (depth == 0) {
      throw new ProtocolException("values inside each other, more than " + MAX_DEPTH + " deep");
    }
    String line = line();
    return switch (type) {
      case '+' -> line;
      case '-' -> new RespError(line);
      case ':' -> number(line);
      case ',' -> real(line);
      case '(' -> bigNumber(line);
      case '#' -> truth(line);
      case '_' -> nothing(line);
      case '$' -> line.equals("-1") ? null : bulk(length(line));
      case '!' -> new RespError(new String(bulk(length(line)), StandardCharsets.UTF_8));
      case '=' -> verbatim(bulk(length(line)));
      case '*' -> line.equals("-1") ? null : list(length(line), depth);
      case '~' -> list(length(line), depth);
      case '%' -> list(2 * length(line), depth);
      case '>' -> new RespPush(list(length(line), depth));
      case '|' -> withoutAttribute(length(line), depth);
      default -> throw new ProtocolException("no value of Redis begins so: " + shown(type, line));
    };
  }

  private @Nullable Object withoutAttribute(long pairs, int depth) throws IOException {
    list(2 * pairs, depth);
    return value(octet(), depth - 1);
  }

  private List<@Nullable Object> list(long length, int depth) throws IOException {
    // Not of that size from the start: the sender may claim any.
    List<@Nullable Object> parts = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      parts.add(value(octet(), depth - 1));
    }
    return parts;
  }

  private byte[] bulk(long length) throws IOException {
    if (length > MAX_BULK_BYTES) {
      throw new ProtocolException("a string of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes((int) length + 2);
    if (frame != null) {
      frame.writeBytes(bytes);
    }
    if (bytes.length < length + 2) {
      throw new EOFException("the stream ends inside a string");
    }
    if (bytes[(int) length] != '\r' || bytes[(int) length + 1] != '\n') {
      throw new ProtocolException("a string longer than its " + length + " bytes");
    }
    return Arrays.copyOf(bytes, (int) length);
  }

  private static byte[] verbatim(byte[] bytes) throws IOException {
    if (bytes.length < FORMAT_BYTES || bytes[FORMAT_BYTES - 1] != ':') {
      throw new ProtocolException("a verbatim string without a format");
    }
    return Arrays.copyOfRange(bytes, FORMAT_BYTES, bytes.length);
  }

  private static long length(String line) throws IOException {
    long length = number(line);
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new ProtocolException("no length: " + line);
    }
    return length;
  }

  private static long number(String line) throws IOException {
    try {
      return Long.parseLong(line);
    } catch (NumberFormatException e) {
      throw garbage("no number: " + line, e);
    }
  }

  private static BigInteger bigNumber(String line) throws IOException {
    try {
      return new BigInteger(line);
    } catch (NumberFormatException e) {
      throw garbage("no number: " + line, e);
    }
  }

  private static double real(String line) throws IOException {
    if (!DOUBLE.matcher(line).matches()) {
      throw new ProtocolException("no number: " + line);
    }
    return Double.parseDouble(line.replace("inf", "Infinity").replace("nan", "NaN"));
  }

  private static boolean truth(String line) throws IOException {
    if (line.equals("t") || line.equals("f")) {
      return line.equals("t");
    }
    throw new ProtocolException("neither true nor false: " + line);
  }

  private static @Nullable Object nothing(String line) throws IOException {
    if (line.isEmpty()) {
      return null;
    }
    throw new ProtocolException("a null with something in it: " + line);
  }

  private static ProtocolException garbage(String message, NumberFormatException cause) {
    ProtocolException garbage = new ProtocolException(message);
    garbage.initCause(cause);
    return garbage;
  }

  private static String shown(int type, String line) {
    String all = (char) type + line;
    return all.length() > 100 ? all.substring(0, 100) + "..." : all;
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the stream ends where a value has to go on");
    }
    if (frame != null) {
      frame.write(octet);
    }
    return octet;
  }

  /** The rest of a line. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = octet(); octet != '\r'; octet = octet()) {
      if (octet == '\n' || line.size() == MAX_LINE_BYTES) {
        throw new ProtocolException(
            "no end of a line: " + shown(' ', line.toString(StandardCharsets.UTF_8)));
      }
      line.write(octet);
    }
    if (octet() != '\n') {
      throw new ProtocolException("a carriage return inside a line");
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
