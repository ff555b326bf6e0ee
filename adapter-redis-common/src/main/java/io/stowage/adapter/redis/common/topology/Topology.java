package io.stowage.adapter.redis.common.topology;

/** What is known about the servers of one deployment. Safe for use by many threads. */
interface Topology extends AutoCloseable {

  /** Who serves what, as far as is known; costs nothing. */
  Shards shards();

  /** As {@link #shards}, with the replicas, which may have to be looked up now. */
  Shards withReplicas();

  /**
   * Whether another server may serve a key a moment later. If so, commands that were certainly not
   * applied are tried again.
   */
  boolean mayChange();

  /** A server told that another one serves a slot now. */
  void moved(int slot, ServerAddress to);

  /** A server could not be reached, or lost its connection: look who serves its keys. */
  void suspect(ServerAddress server);

  /** What is known seems to be wrong: look again soon. Costs the caller nothing. */
  void lookAgain();

  @Override
  void close();
}
