package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands and replies over a socket. */
public final class RespSocket implements AutoCloseable {

  private final Socket socket = new Socket();
  private final InputStream in;

  public RespSocket(ServerAddress address) throws IOException {
    try {
      socket.connect(new InetSocketAddress(address.host(), address.port()), 10_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  public void write(List<RedisCommand> batch) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (RedisCommand command : batch) {
      out.writeBytes(utf8("*" + (1 + command.args().size()) + "\r\n"));
      argument(out, utf8(command.name()));
      command.args().forEach(arg -> argument(out, arg));
    }
    socket.getOutputStream().write(out.toByteArray());
  }

  private static void argument(ByteArrayOutputStream out, byte[] arg) {
    out.writeBytes(utf8("$" + arg.length + "\r\n"));
    out.writeBytes(arg);
    out.writeBytes(utf8("\r\n"));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public List<Reply> read(int count, Deadline deadline) throws IOException {
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long millis = TimeUnit.NANOSECONDS.toMillis(deadline.left());
      if (millis <= 0) {
        throw new SocketTimeoutException("the deadline is over");
      }
      socket.setSoTimeout((int) millis);
      replies.add(reply());
    }
    return replies;
  }

  private Reply reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> new Reply.Bulk(utf8(rest));
      case '-' -> new Reply.Failure(rest);
      case ':' -> new Reply.Int(Long.parseLong(rest));
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest));
      default -> throw new IOException("unknown reply " + line);
    };
  }

  private Reply bulk(int length) throws IOException {
    if (length < 0) {
      return Reply.NIL;
    }
    byte[] bytes = in.readNBytes(length);
    in.skipNBytes(2);
    return new Reply.Bulk(bytes);
  }

  private Reply array(int length) throws IOException {
    if (length < 0) {
      return Reply.NIL;
    }
    List<Reply> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.add(reply());
    }
    return new Reply.Array(elements);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) != '\r') {
      if (b < 0) {
        throw new EOFException("connection closed");
      }
      line.write(b);
    }
    in.skipNBytes(1);
    return line.toString(StandardCharsets.UTF_8);
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
