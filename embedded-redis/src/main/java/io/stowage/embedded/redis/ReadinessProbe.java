package io.stowage.embedded.redis;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server whether it serves, and whether it is the one that was started: a stranger on the
 * same port answers PING as well.
 */
final class ReadinessProbe {

  private static final int MAX_REPLY_BYTES = 1 << 20;

  private final InetSocketAddress address;
  private final @Nullable String password;

  ReadinessProbe(InetSocketAddress address, @Nullable String password) {
    this.address = address;
    this.password = password;
  }

  /**
   * One try; null if the server with that process id is ready, else what is in the way.
   *
   * @param patience how long to wait for a connection and for each reply
   */
  @Nullable String obstacle(long processId, Duration patience) {
    try (Socket socket = new Socket()) {
      int millis = (int) patience.toMillis();
      socket.connect(address, millis);
      socket.setSoTimeout(millis);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      if (password != null) {
        String authenticated = call(in, out, "AUTH", password);
        if (!authenticated.equals("+OK")) {
          return "AUTH answered " + authenticated;
        }
      }
      String pong = call(in, out, "PING");
      if (!pong.equals("+PONG")) {
        return "PING answered " + pong;
      }
      String info = call(in, out, "INFO", "server");
      if (info.lines().noneMatch(("process_id:" + processId)::equals)) {
        return "another server answers on " + address;
      }
      return null;
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String call(InputStream in, OutputStream out, String... words) throws IOException {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      command.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    out.write(command.toString().getBytes(StandardCharsets.UTF_8));
    out.flush();
    String line = readLine(in);
    if (!line.startsWith("$")) {
      return line;
    }
    int length = bulkLength(line);
    byte[] bulk = in.readNBytes(length + 2);
    if (bulk.length < length + 2) {
      throw new EOFException("The server closed the connection in its reply");
    }
    return new String(bulk, 0, length, StandardCharsets.UTF_8);
  }

  private static int bulkLength(String line) throws IOException {
    try {
      int length = Integer.parseInt(line.substring(1));
      if (length >= 0 && length <= MAX_REPLY_BYTES) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw new IOException("Not a reply of Redis: " + line, e);
    }
    throw new IOException("Not a reply to INFO: " + line);
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < MAX_REPLY_BYTES) {
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
}
