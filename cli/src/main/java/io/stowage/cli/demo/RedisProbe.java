package io.stowage.cli.demo;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a Redis past all that the tour shows: over a plain socket of its own, so that nothing of
 * the store or its client takes part in the looking.
 */
final class RedisProbe implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  RedisProbe(String host, int port) {
    try {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new BufferedInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often each command was executed since the server started, without this probe's own. */
  Map<String, Long> calls() {
    String text = String.valueOf(command("INFO", "commandstats"));
    Map<String, Long> calls = new TreeMap<>();
    Matcher line = CALLS.matcher(text);
    while (line.find()) {
      calls.put(line.group(1), Long.valueOf(line.group(2)));
    }
    calls.remove("info");
    calls.remove("keys");
    return calls;
  }

  /** The keys that match a glob pattern. */
  List<String> keys(String pattern) {
    List<String> keys = new ArrayList<>();
    if (command("KEYS", pattern) instanceof List<?> found) {
      found.forEach(key -> keys.add(String.valueOf(key)));
    }
    keys.sort(null);
    return keys;
  }

  private Object command(String... words) {
    StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      request.append('$').append(word.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
      request.append(word).append("\r\n");
    }
    try {
      out.write(request.toString().getBytes(StandardCharsets.UTF_8));
      out.flush();
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object reply() throws IOException {
    String head = line();
    int length = head.charAt(0) == '$' || head.charAt(0) == '*' ? length(head) : 0;
    return switch (head.charAt(0)) {
      case '$' -> bulk(length);
      case '*' -> array(length);
      default -> throw new IOException("Redis answered " + head);
    };
  }

  private static int length(String head) {
    return Integer.parseInt(head.substring(1));
  }

  private String bulk(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<Object> array(int length) throws IOException {
    List<Object> elements = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      elements.add(reply());
    }
    return elements;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int character = in.read();
    while (character != '\r') {
      if (character < 0) {
        throw new EOFException("Redis closed the connection");
      }
      line.append((char) character);
      character = in.read();
    }
    in.skipNBytes(1);
    return line.toString();
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
