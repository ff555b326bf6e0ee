package io.stowage.adapter.redis.common;

import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches of any size as pipelines of bounded size, each awaited before the next. Pipelines
 * that were derived from each other are closed together.
 */
final class Pipeline implements AutoCloseable {

  private static final int MAX_COMMANDS = 8_192;
  private static final long MAX_BYTES = 8L << 20;

  /** A server ends the connection of a client that sends it more than twice as much at once. */
  private static final long MAX_COMMAND_BYTES = 512L << 20;

  private final RedisConnection connection;
  private final AtomicBoolean closed;
  private final Durability durability;
  private final Function<List<RedisCommand>, List<Reply>> reader;

  Pipeline(RedisConnection connection) {
    this(connection, new AtomicBoolean(), Durability.master(), connection::execute);
  }

  private Pipeline(
      RedisConnection connection,
      AtomicBoolean closed,
      Durability durability,
      Function<List<RedisCommand>, List<Reply>> reader) {
    this.connection = connection;
    this.closed = closed;
    this.durability = durability;
    this.reader = reader;
  }

  /** One that asks replicas to confirm what it writes. */
  Pipeline confirmed(Durability level) {
    return new Pipeline(connection, closed, level, reader);
  }

  /** Whether replicas are to confirm what it writes. */
  boolean isConfirming() {
    return durability.isConfirmed();
  }

  /** One whose reads replicas may answer. */
  Pipeline possiblyStale() {
    return new Pipeline(connection, closed, durability, connection::executeStale);
  }

  boolean isSingleNode() {
    return connection.isSingleNode();
  }

  /** Whether one command can have all these keys; none is always fine. */
  boolean servesTogether(List<byte[]> keys) {
    checkOpen();
    return keys.isEmpty() || connection.servesTogether(keys);
  }

  /** Sends commands that change nothing; an error of the server is thrown. */
  List<Reply> read(List<RedisCommand> commands) {
    List<Reply> replies = ask(commands, reader);
    ReplyErrors.checkReads(commands, replies);
    return replies;
  }

  Reply read(RedisCommand command) {
    return read(List.of(command)).get(0);
  }

  /** As {@link #read(List)}; errors of the server are answers. */
  List<Reply> ask(List<RedisCommand> commands) {
    return ask(commands, reader);
  }

  /** As {@link #read(RedisCommand)}; never answered by a replica. */
  Reply readLatest(RedisCommand command) {
    List<RedisCommand> commands = List.of(command);
    List<Reply> replies = ask(commands, connection::execute);
    ReplyErrors.checkReads(commands, replies);
    return replies.get(0);
  }

  /** The answers of every server that can be asked now, replicas too; one at least. */
  List<Reply> readEverywhere(RedisCommand command) {
    checkOpen();
    List<RedisCommand> commands = List.of(command);
    List<Reply> all = new ArrayList<>();
    connection.onEveryServer(commands).forEach(server -> all.addAll(server.replies()));
    List<Reply> answers = all.stream().filter(reply -> !(reply instanceof Reply.Failure)).toList();
    if (answers.isEmpty()) {
      ReplyErrors.checkReads(commands, all.subList(0, 1));
    }
    return answers;
  }

  private List<Reply> ask(
      List<RedisCommand> commands, Function<List<RedisCommand>, List<Reply>> by) {
    List<Reply> replies = new ArrayList<>(commands.size());
    for (List<RedisCommand> chunk : chunks(commands)) {
      replies.addAll(by.apply(chunk));
    }
    return replies;
  }

  /** Sends commands that write; an error of the server is an answer. */
  Written write(List<RedisCommand> commands) {
    Written written = Written.NOTHING;
    for (List<RedisCommand> chunk : chunks(commands)) {
      try {
        written = written.and(Written.of(connection.execute(chunk, durability)));
      } catch (AdapterException e) {
        throw written.replies().isEmpty() ? e : e.afterAnotherPart();
      }
    }
    return written;
  }

  /** Throws if too few replicas confirm what was written. */
  void confirm(Written written) {
    String shortfall = shortfall(written);
    if (shortfall != null) {
      throw AdapterException.unconfirmed("written, but " + shortfall + "; a failover may lose it");
    }
  }

  /** How many replicas have not confirmed what was written, in words; null if enough have. */
  @Nullable String shortfall(Written written) {
    return written.confirmedBy() >= durability.replicas()
        ? null
        : "confirmed by %d of %d replicas within %d ms"
            .formatted(
                written.confirmedBy(), durability.replicas(), durability.within().toMillis());
  }

  KeyPage scan(String position, byte[] pattern, int count) {
    checkOpen();
    return connection.scan(position, pattern, count);
  }

  /** Whether commands leave in one round trip, on one node, in their order. */
  boolean isOneRoundTrip(List<RedisCommand> commands) {
    return connection.isSingleNode() && chunks(commands).size() <= 1;
  }

  private List<List<RedisCommand>> chunks(List<RedisCommand> commands) {
    checkOpen();
    List<List<RedisCommand>> chunks = new ArrayList<>(1);
    int from = 0;
    long bytes = 0;
    for (int i = 0; i < commands.size(); i++) {
      long size = checkedSize(commands.get(i));
      if (i - from == MAX_COMMANDS || (i > from && bytes + size > MAX_BYTES)) {
        chunks.add(commands.subList(from, i));
        from = i;
        bytes = 0;
      }
      bytes += size;
    }
    if (from < commands.size()) {
      chunks.add(commands.subList(from, commands.size()));
    }
    return chunks;
  }

  private static long checkedSize(RedisCommand command) {
    long size = command.size();
    if (size > MAX_COMMAND_BYTES) {
      throw AdapterException.refused(
          command + " takes " + size + " bytes; allowed are " + MAX_COMMAND_BYTES, null);
    }
    return size;
  }

  void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the Redis adapter is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connection.close();
    }
  }
}
