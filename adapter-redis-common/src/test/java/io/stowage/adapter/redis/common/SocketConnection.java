package io.stowage.adapter.redis.common;

import io.stowage.adapter.redis.common.topology.Batches;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.Durability;
import io.stowage.embedded.redis.RespConnection;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ScanPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A connection over a bare socket: the smallest client on which the ports can run. */
final class SocketConnection implements RedisConnection {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ReentrantLock lock = new ReentrantLock();
  private final boolean singleNode;
  private final ServerAddress address;
  private final RespConnection connection;
  private int roundTrips;
  private int staleReads;
  private Runnable afterNextBatch = () -> {};

  private SocketConnection(int port, boolean singleNode) {
    this.singleNode = singleNode;
    this.address = new ServerAddress("127.0.0.1", port);
    try {
      connection = Batches.open(address);
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
      Batches.send(connection, batch);
      List<Reply> replies = Batches.read(connection, batch.size(), Deadline.in(PATIENCE));
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
    return List.of(new ServerReplies(address.toString(), execute(batch)));
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
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
