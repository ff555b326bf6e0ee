package io.stowage.embedded.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection to a server, for one thread. */
final class RespConnection implements AutoCloseable {

  private static final int MAX_BULK_BYTES = 1 << 30;
  private static final int MAX_LINE_BYTES = 1 << 16;
  private static final byte[] END = {'\r', '\n'};

  private final Socket socket;
  private final InputStream in;

  private RespConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Connects and logs in.
   *
   * @param patience how long to wait for the connection and for each reply
   */
  static RespConnection open(Endpoint endpoint, Duration patience) throws IOException {
    Socket plain = new Socket();
    boolean opened = false;
    try {
      int millis = (int) patience.toMillis();
      plain.connect(endpoint.address(), millis);
      plain.setSoTimeout(millis);
      plain.setTcpNoDelay(true);
      RespConnection connection = new RespConnection(encrypted(plain, endpoint));
      Credentials credentials = endpoint.credentials();
      if (credentials != null) {
        connection.logIn(credentials);
      }
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        plain.close();
      }
    }
  }

  private static Socket encrypted(Socket plain, Endpoint endpoint) throws IOException {
    if (endpoint.tls() == null) {
      return plain;
    }
    SSLSocket socket =
        (SSLSocket)
            endpoint
                .tls()
                .getSocketFactory()
                .createSocket(plain, Loopback.HOST, endpoint.address().getPort(), true);
    socket.startHandshake();
    return socket;
  }

  private void logIn(Credentials credentials) throws IOException {
    if (credentials.user() == null) {
      call("AUTH", credentials.password());
    } else {
      call("AUTH", credentials.user(), credentials.password());
    }
  }

  /**
   * Sends one command and waits for its reply.
   *
   * @return a {@code String} for a simple string, {@code byte[]} for a bulk string, {@code Long},
   *     {@code List} of the same, or null
   * @throws RespException if the reply is an error
   */
  @Nullable Object call(String... words) throws IOException {
    return call(Arrays.stream(words).map(word -> word.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /** The same with binary words. */
  @Nullable Object call(List<byte[]> words) throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(ascii("*" + words.size()));
    command.writeBytes(END);
    for (byte[] word : words) {
      command.writeBytes(ascii("$" + word.length));
      command.writeBytes(END);
      command.writeBytes(word);
      command.writeBytes(END);
    }
    command.writeTo(socket.getOutputStream());
    socket.getOutputStream().flush();
    return reply();
  }

  /** The reply as text; a list's parts are on lines of their own. */
  String ask(String... words) throws IOException {
    return text(call(words));
  }

  /** A part of a reply as text. */
  static String text(@Nullable Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (reply instanceof List<?> parts) {
      return String.join("\n", parts.stream().map(RespConnection::text).toList());
    }
    return String.valueOf(reply);
  }

  private @Nullable Object reply() throws IOException {
    String line = line();
    if (line.isEmpty()) {
      throw new IOException("Not a reply of Redis: an empty line");
    }
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> throw new RespException(rest);
      case ':' -> number(rest);
      case '$' -> bulk(number(rest));
      case '*' -> list(number(rest));
      default -> throw new IOException("Not a reply of Redis: " + line);
    };
  }

  private byte @Nullable [] bulk(long length) throws IOException {
    if (length < 0) {
      return null;
    }
    if (length > MAX_BULK_BYTES) {
      throw new IOException("Not a reply of Redis: a string of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes((int) length + END.length);
    if (bytes.length < length + END.length) {
      throw new EOFException("The server closed the connection in its reply");
    }
    return Arrays.copyOf(bytes, (int) length);
  }

  private @Nullable List<@Nullable Object> list(long length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<@Nullable Object> parts = new ArrayList<>();
    for (long i = 0; i < length; i++) {
      parts.add(reply());
    }
    return parts;
  }

  private static long number(String text) throws IOException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IOException("Not a reply of Redis: no number in " + text, e);
    }
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MAX_LINE_BYTES) {
      int octet = in.read();
      if (octet < 0) {
        throw new EOFException("The server closed the connection");
      }
      if (octet == '\n') {
        return line.toString().stripTrailing();
      }
      line.append((char) octet);
    }
    throw new IOException("Not a reply of Redis: no end of line");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
