package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.PendingReplies;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * A batch that was given to Lettuce. Answers that come after nobody awaits them any more are thrown
 * away.
 */
final class PendingBatch implements PendingReplies {

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

  private final ServerAddress address;
  private final List<AsyncCommand<byte[], byte[], Reply>> commands;
  private final Deadline deadline;
  private final LongConsumer whenLate;
  private final long sent = System.nanoTime();

  /**
   * @param wire over which the batch goes
   * @param whenLate told, if not all answers came in time, since when they have been awaited
   */
  PendingBatch(
      ServerAddress address,
      List<RedisCommand> batch,
      Deadline deadline,
      Wire wire,
      LongConsumer whenLate) {
    this.address = address;
    this.deadline = deadline;
    this.whenLate = whenLate;
    this.commands = new ArrayList<>(batch.size());
    for (RedisCommand command : batch) {
      commands.add(async(command, wire));
    }
  }

  List<AsyncCommand<byte[], byte[], Reply>> commands() {
    return commands;
  }

  /** Has something done once the last command is answered, or given up with its connection. */
  void whenOver(Runnable action) {
    CompletionStage<?> unused =
        commands.get(commands.size() - 1).whenComplete((reply, failure) -> action.run());
  }

  /** Gives the commands up, which were not sent. */
  void cancel() {
    commands.forEach(AsyncCommand::cancel);
  }

  private static AsyncCommand<byte[], byte[], Reply> async(RedisCommand command, Wire wire) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    for (byte[] arg : command.args()) {
      args.add(arg);
    }
    return new AsyncCommand<>(new Command<>(keyword(command.name()), new ReplyOutput(wire), args));
  }

  private static ProtocolKeyword keyword(String name) {
    return KEYWORDS.computeIfAbsent(
        name, text -> new Keyword(text, text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Awaits the last answer first: it comes last, so the thread sleeps once. */
  @Override
  public List<Reply> await() {
    List<Reply> replies = new ArrayList<>(commands.size());
    try {
      await(commands.get(commands.size() - 1));
      for (AsyncCommand<byte[], byte[], Reply> command : commands) {
        replies.add(await(command));
      }
    } catch (TimeoutException e) {
      whenLate.accept(sent);
      throw AdapterException.unanswered(
          "Redis at " + address + " did not answer within " + deadline.length().toMillis() + " ms",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdapterException.unanswered("interrupted while waiting for Redis at " + address, e);
    } catch (ExecutionException e) {
      throw lost(address, e.getCause() == null ? e : e.getCause());
    } catch (CancellationException e) {
      throw lost(address, e);
    }
    return replies;
  }

  private Reply await(AsyncCommand<byte[], byte[], Reply> command)
      throws InterruptedException, ExecutionException, TimeoutException {
    return command.get(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS);
  }

  /** The failure when Lettuce gave a batch up. */
  static AdapterException lost(ServerAddress address, Throwable failure) {
    String reason = String.valueOf(failure.getMessage());
    String message = "the connection to Redis at " + address + " was lost: " + reason;
    return NOT_SENT.stream().anyMatch(reason::startsWith)
        ? AdapterException.unavailable(message, failure)
        : AdapterException.unanswered(message, failure);
  }
}
