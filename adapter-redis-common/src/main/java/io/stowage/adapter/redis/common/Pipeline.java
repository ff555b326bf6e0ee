package io.stowage.adapter.redis.common;

import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends batches of any size as pipelines of bounded size, each awaited before the next. */
final class Pipeline implements AutoCloseable {

  private static final int MAX_COMMANDS = 8_192;
  private static final long MAX_BYTES = 8L << 20;

  private final RedisConnection connection;
  private final AtomicBoolean closed = new AtomicBoolean();

  Pipeline(RedisConnection connection) {
    this.connection = connection;
  }

  boolean isSingleNode() {
    return connection.isSingleNode();
  }

  /** Sends commands that change nothing; an error of the server is thrown. */
  List<Reply> read(List<RedisCommand> commands) {
    List<Reply> replies = new ArrayList<>(commands.size());
    for (List<RedisCommand> chunk : chunks(commands)) {
      replies.addAll(connection.execute(chunk));
    }
    ReplyErrors.checkReads(commands, replies);
    return replies;
  }

  Reply read(RedisCommand command) {
    return read(List.of(command)).get(0);
  }

  /** Sends commands that write; an error of the server is an answer. */
  List<Reply> write(List<RedisCommand> commands) {
    List<Reply> replies = new ArrayList<>(commands.size());
    for (List<RedisCommand> chunk : chunks(commands)) {
      try {
        replies.addAll(connection.execute(chunk));
      } catch (AdapterException e) {
        throw replies.isEmpty() ? e : e.afterAnotherPart();
      }
    }
    return replies;
  }

  /**
   * Calls scripts; an error of the server is an answer. Calls that a server refuses because it does
   * not know the script yet are sent again with its source, in one more round trip.
   */
  List<Reply> call(List<ScriptCall> calls) {
    return makeKnown(calls, write(calls.stream().map(ScriptCall::byDigest).toList()));
  }

  /** Sends again, with their source, the calls that were refused for an unknown script. */
  List<Reply> makeKnown(List<ScriptCall> calls, List<Reply> replies) {
    List<Integer> unknown = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (ReplyErrors.isNoScript(replies.get(i))) {
        unknown.add(i);
      }
    }
    if (unknown.isEmpty()) {
      return replies;
    }
    List<Reply> again;
    try {
      again = write(again(unknown.stream().map(calls::get).toList()));
    } catch (AdapterException e) {
      throw unknown.size() == calls.size() ? e : e.afterAnotherPart();
    }
    List<Reply> complete = new ArrayList<>(replies);
    for (int i = 0; i < again.size(); i++) {
      complete.set(unknown.get(i), again.get(i));
    }
    return complete;
  }

  /** On one node the first call of a script makes it known to the next. */
  private List<RedisCommand> again(List<ScriptCall> calls) {
    Set<Script> known = new HashSet<>();
    List<RedisCommand> commands = new ArrayList<>(calls.size());
    for (ScriptCall call : calls) {
      boolean bySource = known.add(call.script()) || !isSingleNode();
      commands.add(bySource ? call.bySource() : call.byDigest());
    }
    return commands;
  }

  KeyPage scan(String cursor, byte[] pattern, int count) {
    checkOpen();
    return connection.scan(cursor, pattern, count);
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
      long size = commands.get(i).size();
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
