package io.stowage.adapter.redis.common.topology;

/**
 * Connects to single servers through one client library, with settings that are the same for all of
 * them. It knows nothing of topologies. Safe for use by many threads.
 */
public interface ServerConnector extends AutoCloseable {

  /** A connection, or a pool of them, to one server. Nothing is sent before the first use. */
  ServerConnection connect(ServerTarget target);

  /** Disconnects from all servers and ends all threads. A second call does nothing. */
  @Override
  void close();
}
