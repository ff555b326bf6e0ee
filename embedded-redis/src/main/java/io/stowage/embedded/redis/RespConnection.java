package io.stowage.embedded.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A plain connection to a server, for tests that look at it behind the back of a client library: it
 * sends commands and reads replies, without a pool, a retry or a conversion. It speaks protocol 2,
 * or 3 after {@code HELLO 3}.
 *
 * <p>A reply that does not come in time is a {@link SocketTimeoutException}. After this one or any
 * other {@link IOException} but {@link RespException}, replies no longer belong to their commands:
 * close the connection then. For one thread.
 */
public final class RespConnection implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] END = {'\r', '\n'};

  private final Socket socket;
  private final RespReader reader;

  private RespConnection(Socket socket) throws IOException {
    this.socket = socket;
    this.reader = new RespReader(new BufferedInputStream(socket.getInputStream()));
  }

  /** Connects without TLS and without logging in, and has a patience of thirty seconds. */
  public static RespConnection open(String host, int port) throws IOException {
    return open(host, port, PATIENCE);
  }

  /**
   * Connects without TLS and without logging in.
   *
   * @param patience how long to wait for the connection and for each reply; positive, to the
   *     millisecond
   */
  public static RespConnection open(String host, int port, Duration patience) throws IOException {
    return open(new Endpoint(new InetSocketAddress(host, port), null, null), patience);
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
      int millis = millis(patience);
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

  /** Sockets take 0 for eternity. */
  private static int millis(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(time + " is no time to wait");
    }
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, time.toMillis()));
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
   * @return as {@link RespReader#read}
   * @throws RespException if the reply is an error, or has one in it, as that of {@code EXEC} may
   */
  public @Nullable Object call(String... words) throws IOException {
    return call(Arrays.stream(words).map(RespConnection::utf8).toList());
  }

  /** The same with binary words. */
  public @Nullable Object call(List<byte[]> words) throws IOException {
    send(List.of(words));
    Object reply = read();
    failIfError(reply);
    return reply;
  }

  private static void failIfError(@Nullable Object reply) throws RespException {
    if (reply instanceof RespError error) {
      throw new RespException(error.text());
    }
    if (reply instanceof List<?> parts) {
      for (Object part : parts) {
        failIfError(part);
      }
    }
  }

  /** The reply of a command as text; a list's parts are on lines of their own. */
  public String ask(String... words) throws IOException {
    return text(call(words));
  }

  /** A part of a reply as text, {@code null} if it is none. */
  public static String text(@Nullable Object reply) {
    if (reply instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (reply instanceof List<?> parts) {
      return String.join("\n", parts.stream().map(RespConnection::text).toList());
    }
    return String.valueOf(reply);
  }

  /**
   * Sends commands at once, as a pipeline, and waits for nothing. Each has a reply to {@link
   * #read}.
   *
   * @param commands the words of each; at least one word
   */
  public void send(List<List<byte[]>> commands) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (List<byte[]> words : commands) {
      bytes.writeBytes(utf8("*" + words.size()));
      bytes.writeBytes(END);
      for (byte[] word : words) {
        bytes.writeBytes(utf8("$" + word.length));
        bytes.writeBytes(END);
        bytes.writeBytes(word);
        bytes.writeBytes(END);
      }
    }
    bytes.writeTo(socket.getOutputStream());
    socket.getOutputStream().flush();
  }

  /**
   * Waits for the next reply. What comes unasked is dropped.
   *
   * @return as {@link RespReader#read}; an error is a {@link RespError}
   * @throws ProtocolException if the server speaks something else
   */
  public @Nullable Object read() throws IOException {
    Object reply = reader.read();
    while (reply instanceof RespPush) {
      reply = reader.read();
    }
    return reply;
  }

  /**
   * Sets how long to wait whenever nothing comes from the server.
   *
   * @param patience positive, to the millisecond
   */
  public void readTimeout(Duration patience) throws IOException {
    socket.setSoTimeout(millis(patience));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
