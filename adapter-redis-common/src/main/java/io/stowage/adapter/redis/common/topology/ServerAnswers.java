package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    List<Parcel> parcels = new ArrayList<>();
    for (ServerAddress address : new TreeSet<>(addresses)) {
      Parcel parcel = new Parcel(address);
      for (int i = 0; i < batch.size(); i++) {
        parcel.add(new Errand(i, batch.get(i), null, false));
      }
      parcels.add(parcel);
    }
    ServerAnswers result = new ServerAnswers();
    Exchange.of(parcels, servers::master, Durability.master(), deadline)
        .forEach(
            (parcel, replies) -> {
              AdapterException failure = parcel.failure();
              if (failure == null) {
                result.answers.put(parcel.server(), replies);
              } else {
                result.failures.put(parcel.server(), failure);
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
