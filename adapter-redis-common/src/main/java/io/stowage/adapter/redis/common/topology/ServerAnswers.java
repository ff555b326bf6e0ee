package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.spi.AdapterException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks several servers the same at once, without any routing. */
final class ServerAnswers {

  private final Map<ServerAddress, List<Reply>> answers = new HashMap<>();
  private final Map<ServerAddress, AdapterException> failures = new HashMap<>();

  private ServerAnswers() {}

  static ServerAnswers of(
      Servers servers,
      Collection<ServerAddress> addresses,
      List<RedisCommand> batch,
      Deadline deadline) {
    ServerAnswers result = new ServerAnswers();
    Map<ServerAddress, PendingReplies> pending = new TreeMap<>();
    for (ServerAddress address : new TreeSet<>(addresses)) {
      try {
        pending.put(address, servers.master(address).send(batch, deadline));
      } catch (AdapterException e) {
        result.failures.put(address, e);
      }
    }
    pending.forEach(
        (address, replies) -> {
          try {
            result.answers.put(address, replies.await());
          } catch (AdapterException e) {
            result.failures.put(address, e);
          }
        });
    return result;
  }

  boolean isFrom(ServerAddress address) {
    return answers.containsKey(address);
  }

  /**
   * The answers of one server.
   *
   * @throws AdapterException if it did not answer
   */
  List<Reply> from(ServerAddress address) {
    List<Reply> replies = answers.get(address);
    if (replies != null) {
      return replies;
    }
    AdapterException failure = failures.get(address);
    throw failure == null
        ? AdapterException.unavailable("Redis at " + address + " was not asked", null)
        : failure;
  }
}
