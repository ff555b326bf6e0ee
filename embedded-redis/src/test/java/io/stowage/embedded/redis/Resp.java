package io.stowage.embedded.redis;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection that speaks just enough RESP to ask a server something. */
final class Resp implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  private Resp(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  static Resp connect(EmbeddedRedis redis) throws IOException {
    return connect(redis, Duration.ofSeconds(10));
  }

  static Resp connect(EmbeddedRedis redis, Duration readTimeout) throws IOException {
    Socket socket = new Socket();
    socket.connect(Loopback.at(redis.port()));
    socket.setSoTimeout((int) readTimeout.toMillis());
    return new Resp(socket);
  }

  /** One call on a connection of its own. */
  static String ask(EmbeddedRedis redis, String... words) throws IOException {
    try (Resp connection = connect(redis)) {
      return connection.call(words);
    }
  }

  /**
   * The reply: text of a bulk or array reply's parts joined by blanks, else the line as it came.
   */
  String call(String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      command.append("$" + length + "\r\n" + word + "\r\n");
    }
    socket.getOutputStream().write(command.toString().getBytes(StandardCharsets.UTF_8));
    return reply();
  }

  private String reply() throws IOException {
    String line = line();
    if (line.startsWith("$")) {
      int length = Integer.parseInt(line.substring(1));
      return length < 0
          ? "(nil)"
          : new String(in.readNBytes(length + 2), 0, length, StandardCharsets.UTF_8);
    }
    if (line.startsWith("*")) {
      StringBuilder parts = new StringBuilder();
      for (int i = Integer.parseInt(line.substring(1)); i > 0; i--) {
        parts.append(reply()).append(i > 1 ? " " : "");
      }
      return parts.toString();
    }
    return line;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new EOFException("connection closed");
      }
      line.append((char) octet);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
