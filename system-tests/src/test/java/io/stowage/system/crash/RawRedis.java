package io.stowage.system.crash;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to one server that shares no code with the library: it sends a command and answers
 * its reply as a number, bytes, a list or null. Used by one thread.
 */
public final class RawRedis implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  private RawRedis(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /** Connects to a server on this machine. */
  public static RawRedis connect(int port) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return new RawRedis(socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command whose words are texts or bytes. */
  public @Nullable Object ask(Object... words) {
    try {
      ByteArrayOutputStream command = new ByteArrayOutputStream();
      command.write(ascii("*" + words.length + "\r\n"));
      for (Object word : words) {
        byte[] bytes = word instanceof byte[] raw ? raw : utf8(word.toString());
        command.write(ascii("$" + bytes.length + "\r\n"));
        command.write(bytes);
        command.write(ascii("\r\n"));
      }
      socket.getOutputStream().write(command.toByteArray());
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command and answers its list. */
  public List<?> askList(Object... words) {
    if (ask(words) instanceof List<?> list) {
      return list;
    }
    throw new IllegalStateException("no list answers " + words[0]);
  }

  private @Nullable Object reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> utf8(rest);
      case ':' -> Long.valueOf(rest);
      case '$' -> rest.equals("-1") ? null : bulk(Integer.parseInt(rest));
      case '*' -> rest.equals("-1") ? null : list(Integer.parseInt(rest));
      case '-' -> throw new IllegalStateException("the server answered: " + rest);
      default -> throw new IllegalStateException("no reply of protocol 2: " + line);
    };
  }

  private List<@Nullable Object> list(int length) throws IOException {
    List<@Nullable Object> list = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      list.add(reply());
    }
    return list;
  }

  private byte[] bulk(int length) throws IOException {
    byte[] bytes = in.readNBytes(length + 2);
    if (bytes.length < length + 2) {
      throw new EOFException();
    }
    return java.util.Arrays.copyOf(bytes, length);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
