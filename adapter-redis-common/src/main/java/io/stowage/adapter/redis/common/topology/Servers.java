package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Credentials;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The connections to the servers of one deployment. */
final class Servers implements AutoCloseable {

  private static final System.Logger logger = System.getLogger(Servers.class.getName());

  private record Place(ServerAddress address, boolean readOnly) {}

  private final ServerConnector connector;
  private final @Nullable Credentials credentials;
  private final int database;
  private final boolean cluster;
  private final Duration keepObsolete;
  private final Map<Place, ServerConnection> connections = new ConcurrentHashMap<>();
  private final Map<Place, Long> obsoleteSince = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param cluster whether a replica answers reads only after {@code READONLY}
   * @param keepObsolete how long a server that left the topology keeps its connections, so that
   *     what is under way is answered
   */
  Servers(
      ServerConnector connector,
      @Nullable Credentials credentials,
      int database,
      boolean cluster,
      Duration keepObsolete) {
    this.connector = connector;
    this.credentials = credentials;
    this.database = database;
    this.cluster = cluster;
    this.keepObsolete = keepObsolete;
  }

  ServerConnection master(ServerAddress address) {
    return get(new Place(address, false));
  }

  ServerConnection replica(ServerAddress address) {
    return get(new Place(address, cluster));
  }

  private ServerConnection get(Place place) {
    checkOpen();
    ServerConnection connection =
        connections.computeIfAbsent(
            place, p -> connector.connect(target(p.address(), p.readOnly())));
    if (closed.get()) {
      connection.close();
      throw closedNow();
    }
    return connection;
  }

  private ServerTarget target(ServerAddress address, boolean readOnly) {
    return new ServerTarget(address, credentials, database, readOnly);
  }

  /** Asks a server on a connection of its own, which cannot be held up by others. */
  List<Reply> ask(ServerAddress address, List<RedisCommand> questions, Duration within) {
    return ask(target(address, false), questions, within);
  }

  List<Reply> ask(ServerTarget target, List<RedisCommand> questions, Duration within) {
    checkOpen();
    try (ServerConnection connection = connector.connect(target)) {
      return connection.send(questions, Deadline.in(within)).await();
    }
  }

  /** Closes the connections to servers that have not been in the topology for a while. */
  void retain(Collection<ServerAddress> members) {
    Set<ServerAddress> current = Set.copyOf(members);
    obsoleteSince.keySet().removeIf(place -> current.contains(place.address()));
    long now = System.nanoTime();
    for (Place place : List.copyOf(connections.keySet())) {
      if (!current.contains(place.address())) {
        long since = obsoleteSince.computeIfAbsent(place, p -> now);
        if (now - since > keepObsolete.toNanos()) {
          forget(place);
        }
      }
    }
  }

  private void forget(Place place) {
    obsoleteSince.remove(place);
    ServerConnection obsolete = connections.remove(place);
    if (obsolete != null) {
      obsolete.close();
    }
  }

  /**
   * Opens connections to masters before they are needed, to all at once. One that refuses the
   * connection is a failure.
   *
   * @param mayPass whether one that cannot be reached is left for later; a failure otherwise
   */
  void warmUp(Collection<ServerAddress> masters, int each, boolean mayPass) {
    if (each == 0) {
      return;
    }
    AtOnce.run(
        masters.stream().<Runnable>map(master -> () -> warmUpOne(master, each, mayPass)).toList());
  }

  private void warmUpOne(ServerAddress master, int connections, boolean mayPass) {
    try {
      master(master).warmUp(connections);
    } catch (AdapterException e) {
      if (!mayPass || !e.isTransient()) {
        throw e;
      }
      logger.log(System.Logger.Level.DEBUG, "warming up " + master + " failed", e);
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw closedNow();
    }
  }

  private static AdapterException closedNow() {
    return AdapterException.unavailable("the Redis adapter is being closed", null);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      connector.close();
      connections.values().forEach(ServerConnection::close);
    }
  }
}
