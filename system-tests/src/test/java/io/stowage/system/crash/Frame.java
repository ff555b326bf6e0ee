package io.stowage.system.crash;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One whole command or reply as it was on the wire, of protocol 2 or 3. */
final class Frame {

  private final byte[] bytes;

  private Frame(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Writes it as it was read. */
  void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  /** All of it as text, a byte a character. */
  String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The frame of such a text. */
  static Frame ofText(String text) {
    return new Frame(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads a frame.
   *
   * @throws EOFException if the stream has ended
   */
  static Frame read(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copyValue(in, bytes);
    return new Frame(bytes.toByteArray());
  }

  private static void copyValue(InputStream in, ByteArrayOutputStream out) throws IOException {
    String line = copyLine(in, out);
    int values =
        switch (line.charAt(0)) {
          case '*', '~', '>' -> length(line);
          case '%' -> 2 * length(line);
          case '|' -> 2 * length(line) + 1;
          default -> 0;
        };
    boolean isBulk = line.charAt(0) == '$' || line.charAt(0) == '=' || line.charAt(0) == '!';
    if (isBulk && length(line) >= 0) {
      copy(in, out, length(line) + 2);
    }
    for (int i = 0; i < values; i++) {
      copyValue(in, out);
    }
  }

  private static int length(String line) {
    return Integer.parseInt(line.substring(1));
  }

  private static String copyLine(InputStream in, ByteArrayOutputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); ; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      out.write(b);
      if (b == '\n') {
        return line.toString();
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
  }

  private static void copy(InputStream in, ByteArrayOutputStream out, int length)
      throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    out.write(bytes);
  }

  /** Of a command: its first word, in capitals; otherwise what the frame begins with. */
  String name() {
    // A command begins with *2 and $3, say, each on a line of its own.
    String[] lines = text().split("\r\n", 4);
    return lines.length > 2 ? lines[2].toUpperCase(Locale.ROOT) : lines[0];
  }
}
