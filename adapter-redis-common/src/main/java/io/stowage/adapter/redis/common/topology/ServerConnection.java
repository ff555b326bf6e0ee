package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.spi.AdapterException;
import java.util.List;

/**
 * The connection, or the pool of them, to one server; connected by the first use and again by the
 * first one after it was lost. Safe for use by many threads. Nothing is ever sent twice.
 */
public interface ServerConnection extends AutoCloseable {

  /**
   * Opens so many connections, or fewer if the client keeps fewer, and waits until they are there.
   *
   * @throws AdapterException if the server cannot be reached or refuses the connection
   */
  void warmUp(int connections);

  /**
   * Sends a batch as one pipeline. The answers must be awaited.
   *
   * @param deadline by when the answers must be there; the time that it takes to get a connection
   *     has its own limit, the connect time-out, and is added to the deadline
   * @throws AdapterException {@link AdapterException#unavailable} or {@link
   *     AdapterException#refused} if nothing was sent, {@link AdapterException#unanswered} if
   *     something may have been
   */
  PendingReplies send(List<RedisCommand> batch, Deadline deadline);

  /**
   * As {@link #send} for a batch that takes its time, because the server waits for something before
   * it answers, or because it or its answer is large: it gets a connection on which nobody else
   * waits meanwhile.
   */
  PendingReplies sendAlone(List<RedisCommand> batch, Deadline deadline);

  /** Disconnects. What is under way fails. A second call does nothing. */
  @Override
  void close();
}
