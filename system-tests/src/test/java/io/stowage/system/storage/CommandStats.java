package io.stowage.system.storage;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often each command ran at a Redis server, asked through a socket of its own. */
final class CommandStats {

  private static final Pattern LINE = Pattern.compile("cmdstat_(\\S+?):calls=(\\d+)");

  private final int port;

  CommandStats(int port) {
    this.port = port;
  }

  /** The calls since the server's start, by the commands' names; the question itself left out. */
  Map<String, Long> calls() throws IOException {
    Map<String, Long> calls = new TreeMap<>();
    Matcher line = LINE.matcher(ask("INFO commandstats\r\n"));
    while (line.find()) {
      if (!line.group(1).equals("info")) {
        calls.put(line.group(1), Long.parseLong(line.group(2)));
      }
    }
    return calls;
  }

  /** The calls since an earlier answer. */
  Map<String, Long> callsSince(Map<String, Long> before) throws IOException {
    Map<String, Long> since = new TreeMap<>();
    calls()
        .forEach(
            (command, count) -> {
              long more = count - before.getOrDefault(command, 0L);
              if (more > 0) {
                since.put(command, more);
              }
            });
    return since;
  }

  private String ask(String inlineCommand) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(inlineCommand.getBytes(StandardCharsets.US_ASCII));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      if (in.readByte() != '$') {
        throw new IOException("the answer to " + inlineCommand.strip() + " is no bulk string");
      }
      StringBuilder length = new StringBuilder();
      for (int digit = in.readByte(); digit != '\r'; digit = in.readByte()) {
        length.append((char) digit);
      }
      in.readByte();
      byte[] body = new byte[Integer.parseInt(length.toString())];
      in.readFully(body);
      return new String(body, StandardCharsets.US_ASCII);
    }
  }
}
