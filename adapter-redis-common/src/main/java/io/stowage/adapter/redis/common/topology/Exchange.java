package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Durability;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends parcels to their servers, all before the first is awaited. Whatever happens, each that was
 * sent is awaited: its connection is free only then.
 */
final class Exchange {

  private Exchange() {}

  /**
   * Sends and awaits. A parcel that could not be sent, or was not answered, tells why.
   *
   * @param connections the connection to a server
   * @return what each parcel was answered
   */
  static Map<Parcel, List<Reply>> of(
      Collection<Parcel> parcels,
      Function<ServerAddress, ServerConnection> connections,
      Durability durability,
      Deadline deadline) {
    Error error = null;
    for (Parcel parcel : parcels) {
      if (error == null) {
        try {
          parcel.send(connections, durability, deadline);
        } catch (Error e) {
          error = e;
        }
      }
    }
    Map<Parcel, List<Reply>> answers = new LinkedHashMap<>();
    for (Parcel parcel : parcels) {
      try {
        answers.put(parcel, parcel.await());
      } catch (Error e) {
        error = first(error, e);
      }
    }
    if (error != null) {
      throw error;
    }
    return answers;
  }

  private static Error first(@Nullable Error known, Error next) {
    if (known == null || known == next) {
      return next;
    }
    known.addSuppressed(next);
    return known;
  }
}
