package io.stowage.adapter.redis.common;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ScanPage;
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
import java.util.concurrent.locks.ReentrantLock;

/** A connection over a bare socket: the smallest client on which the ports can run. */
final class SocketConnection implements RedisConnection {

  private final ReentrantLock lock = new ReentrantLock();
  private final boolean singleNode;
  private final Socket socket;
  private final InputStream in;
  private int roundTrips;
  private int staleReads;
  private Runnable afterNextBatch = () -> {};

  private SocketConnection(int port, boolean singleNode) {
    this.singleNode = singleNode;
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SocketConnection toOneNode(int port) {
    return new SocketConnection(port, true);
  }

  /** One that promises no order and no commands of several keys, as a Cluster does. */
  static SocketConnection asToManyNodes(int port) {
    return new SocketConnection(port, false);
  }

  int roundTrips() {
    return roundTrips;
  }

  /** How many batches of reads were allowed to be answered by replicas. */
  int staleReads() {
    return staleReads;
  }

  /** Something else that happens on the server between the next batch and the one after it. */
  void afterNextBatch(Runnable event) {
    afterNextBatch = event;
  }

  Reply send(String name, String... args) {
    List<byte[]> bytes = new ArrayList<>();
    for (String arg : args) {
      bytes.add(arg.getBytes(StandardCharsets.UTF_8));
    }
    return execute(List.of(RedisCommand.keyless(name, bytes.toArray(byte[][]::new)))).get(0);
  }

  @Override
  public List<Reply> execute(List<RedisCommand> batch) {
    lock.lock();
    try {
      roundTrips++;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (RedisCommand command : batch) {
        out.writeBytes(Bytes.ascii("*" + (1 + command.args().size()) + "\r\n"));
        write(out, Bytes.ascii(command.name()));
        command.args().forEach(arg -> write(out, arg));
      }
      socket.getOutputStream().write(out.toByteArray());
      List<Reply> replies = new ArrayList<>();
      for (int i = 0; i < batch.size(); i++) {
        replies.add(reply());
      }
      Runnable event = afterNextBatch;
      afterNextBatch = () -> {};
      event.run();
      return replies;
    } catch (IOException e) {
      throw AdapterException.unanswered("socket failed", e);
    } finally {
      lock.unlock();
    }
  }

  private static void write(ByteArrayOutputStream out, byte[] arg) {
    out.writeBytes(Bytes.ascii("$" + arg.length + "\r\n"));
    out.writeBytes(arg);
    out.writeBytes(Bytes.ascii("\r\n"));
  }

  private Reply reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> new Reply.Bulk(Bytes.utf8(rest));
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
  public Confirmed execute(List<RedisCommand> batch, Durability durability) {
    if (!durability.isConfirmed()) {
      return new Confirmed(execute(batch), 0);
    }
    List<RedisCommand> commands = new ArrayList<>(batch);
    commands.add(
        RedisCommand.keyless(
            "WAIT",
            Bytes.decimal(durability.replicas()),
            Bytes.decimal(durability.within().toMillis())));
    List<Reply> replies = execute(commands);
    List<Reply> answers = replies.subList(0, batch.size());
    boolean anyApplied = answers.stream().anyMatch(reply -> !(reply instanceof Reply.Failure));
    int replicas = (int) Replies.integer(replies.get(batch.size()));
    return new Confirmed(answers, anyApplied ? replicas : 0);
  }

  @Override
  public List<Reply> executeStale(List<RedisCommand> batch) {
    staleReads++;
    return execute(batch);
  }

  @Override
  public List<ServerReplies> onEveryServer(List<RedisCommand> batch) {
    return List.of(new ServerReplies(socket.getRemoteSocketAddress().toString(), execute(batch)));
  }

  /** Where there are many nodes, keys lie together if they have the same tag. */
  @Override
  public boolean servesTogether(List<byte[]> keys) {
    return singleNode
        || keys.stream()
                .map(key -> new String(key, StandardCharsets.UTF_8))
                .map(key -> key.replaceFirst("(?s)^[^{]*\\{([^}]+)}.*", "$1"))
                .distinct()
                .count()
            <= 1;
  }

  @Override
  public KeyPage scan(String position, byte[] pattern, int count) {
    String cursor = position.equals(ScanPage.START) ? "0" : position;
    RedisCommand scan =
        RedisCommand.keyless(
            "SCAN",
            Bytes.ascii(cursor),
            Bytes.ascii("MATCH"),
            pattern,
            Bytes.ascii("COUNT"),
            Bytes.decimal(count));
    List<Reply> replies = execute(List.of(scan));
    ReplyErrors.checkReads(List.of(scan), replies);
    List<Reply> parts = Replies.array(replies.get(0));
    String next = Replies.text(parts.get(0));
    return new KeyPage(
        Replies.array(parts.get(1)).stream().map(Replies::bytes).toList(),
        next.equals("0") ? null : next);
  }

  @Override
  public boolean isSingleNode() {
    return singleNode;
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
