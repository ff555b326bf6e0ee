package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Durability;
import io.stowage.api.Outcome;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What goes to one server at once, and what came of it. */
final class Parcel {

  private static final RedisCommand ASKING = RedisCommand.keyless("ASKING");

  /** What takes two milliseconds on a network of one gigabit a second. */
  private static final long LARGE_BYTES = 256 << 10;

  private final ServerAddress server;
  private final List<Errand> errands = new ArrayList<>();
  private @Nullable PendingReplies pending;
  private @Nullable AdapterException failure;
  private boolean sent;

  Parcel(ServerAddress server) {
    this.server = server;
  }

  void add(Errand errand) {
    errands.add(errand);
  }

  ServerAddress server() {
    return server;
  }

  List<Errand> errands() {
    return errands;
  }

  /** Why it was not sent or not answered; null if it was answered. */
  @Nullable AdapterException failure() {
    return failure;
  }

  /**
   * Sends all errands, and asks for replicas' confirmation if there is need of it. If that fails it
   * is this parcel's failure, and nobody else's.
   */
  void send(
      Function<ServerAddress, ServerConnection> connections,
      Durability durability,
      Deadline deadline) {
    try {
      send(connections.apply(server), durability, deadline);
    } catch (AdapterException e) {
      failed(e);
    } catch (RuntimeException e) {
      failed(unexpected(e));
    }
  }

  /** Nobody knows whether what was unexpected happened before something was sent. */
  private AdapterException unexpected(RuntimeException e) {
    return AdapterException.unanswered("talking to Redis at " + server + " failed: " + e, e);
  }

  private void send(ServerConnection connection, Durability durability, Deadline deadline) {
    List<RedisCommand> commands = new ArrayList<>(errands.size() + 1);
    for (Errand errand : errands) {
      if (errand.asking()) {
        commands.add(ASKING);
      }
      commands.add(errand.command());
    }
    if (durability.isConfirmed()) {
      commands.add(wait(durability));
      pending = connection.sendAlone(commands, deadline);
    } else if (isLarge(commands)) {
      pending = connection.sendAlone(commands, deadline);
    } else {
      pending = connection.send(commands, deadline);
    }
    sent = true;
  }

  /** Whether it would hold up for noticeably long what shares its connection. */
  private static boolean isLarge(List<RedisCommand> commands) {
    return commands.stream().mapToLong(RedisCommand::weight).sum() > LARGE_BYTES;
  }

  private static RedisCommand wait(Durability durability) {
    return RedisCommand.keyless(
        "WAIT", number(durability.replicas()), number(durability.within().toMillis()));
  }

  private static byte[] number(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private void failed(AdapterException reason) {
    failure = reason;
    sent = reason.outcome() == Outcome.UNKNOWN;
  }

  /** Whether something may have reached the server. */
  boolean wasSent() {
    return sent;
  }

  /**
   * Awaits the replies.
   *
   * @return one for each errand, and that of {@code WAIT} if it was sent; none if they are lost
   */
  List<Reply> await() {
    if (pending == null) {
      return List.of();
    }
    List<Reply> all;
    try {
      all = pending.await();
    } catch (AdapterException e) {
      failed(e);
      return List.of();
    } catch (RuntimeException e) {
      failed(unexpected(e));
      return List.of();
    }
    List<Reply> replies = new ArrayList<>(all.size());
    int next = 0;
    for (Errand errand : errands) {
      next += errand.asking() ? 1 : 0;
      replies.add(all.get(next++));
    }
    replies.addAll(all.subList(next, all.size()));
    return replies;
  }
}
