package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A standalone Redis through one Lettuce connection. */
final class LettuceConnection implements RedisConnection {

  private static final Map<String, ProtocolKeyword> KEYWORDS = new ConcurrentHashMap<>();

  /** What Lettuce says of a batch of which it wrote nothing. */
  private static final List<String> NOT_SENT =
      List.of(
          "Request queue size exceeded",
          "Command buffer size exceeded",
          "Currently not connected",
          "Connection is closed");

  /** The name of a command. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
  private record Keyword(String text, byte[] bytes) implements ProtocolKeyword {

    @Override
    public byte[] getBytes() {
      return bytes;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final SharedConnection shared;
  private final Duration commandTimeout;

  LettuceConnection(SharedConnection shared, Duration commandTimeout) {
    this.shared = shared;
    this.commandTimeout = commandTimeout;
  }

  @Override
  public List<Reply> execute(List<RedisCommand> batch) {
    StatefulRedisConnection<byte[], byte[]> connection = shared.get();
    List<AsyncCommand<byte[], byte[], Reply>> commands = new ArrayList<>(batch.size());
    for (RedisCommand command : batch) {
      commands.add(async(command));
    }
    long deadline = System.nanoTime() + commandTimeout.toNanos();
    try {
      connection.dispatch(commands);
    } catch (RedisException e) {
      throw lost(e);
    }
    return answers(connection, commands, deadline);
  }

  private static AsyncCommand<byte[], byte[], Reply> async(RedisCommand command) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    for (byte[] arg : command.args()) {
      args.add(arg);
    }
    return new AsyncCommand<>(new Command<>(keyword(command.name()), new ReplyOutput(), args));
  }

  private static ProtocolKeyword keyword(String name) {
    return KEYWORDS.computeIfAbsent(
        name, text -> new Keyword(text, text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Awaits the last answer first: it comes last, so the thread sleeps once. */
  private List<Reply> answers(
      StatefulRedisConnection<byte[], byte[]> connection,
      List<AsyncCommand<byte[], byte[], Reply>> commands,
      long deadline) {
    List<Reply> replies = new ArrayList<>(commands.size());
    try {
      await(commands.get(commands.size() - 1), deadline);
      for (AsyncCommand<byte[], byte[], Reply> command : commands) {
        replies.add(await(command, deadline));
      }
    } catch (TimeoutException e) {
      shared.drop(connection);
      throw AdapterException.unanswered(
          "Redis at "
              + shared.place()
              + " did not answer within "
              + commandTimeout.toMillis()
              + " ms",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdapterException.unanswered(
          "interrupted while waiting for Redis at " + shared.place(), e);
    } catch (ExecutionException e) {
      throw lost(e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      throw lost(e);
    }
    return replies;
  }

  private static Reply await(AsyncCommand<byte[], byte[], Reply> command, long deadline)
      throws InterruptedException, ExecutionException, TimeoutException {
    return command.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private AdapterException lost(Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    String message = "the connection to Redis at " + shared.place() + " was lost: " + reason;
    return NOT_SENT.stream().anyMatch(reason::startsWith)
        ? AdapterException.unavailable(message, failure)
        : AdapterException.unanswered(message, failure);
  }

  @Override
  public boolean isSingleNode() {
    return true;
  }

  @Override
  public void close() {
    shared.close();
  }
}
