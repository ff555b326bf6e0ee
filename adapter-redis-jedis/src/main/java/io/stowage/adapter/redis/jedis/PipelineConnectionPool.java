package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.topology.AtOnce;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A bounded pool of connections, the last used first. A connection that idled for a while is tried
 * with a PING before its next use, and a connection that fails takes all idle ones with it: they
 * lead to the same server, which was probably restarted. So a restart costs the operations under
 * way and not each connection's next one.
 */
final class PipelineConnectionPool {

  private static final long TRIED_AFTER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PipelineConnectionFactory factory;
  private final int size;
  private final Duration connectTimeout;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<PipelineConnection> idle = new ConcurrentLinkedDeque<>();
  private final Set<PipelineConnection> taken = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  PipelineConnectionPool(PipelineConnectionFactory factory, NetworkSettings network) {
    this.factory = factory;
    this.size = network.poolSize();
    this.connectTimeout = network.connectTimeout();
    this.permits = new Semaphore(size, true);
  }

  ServerAddress address() {
    return factory.address();
  }

  /**
   * Opens so many connections, but no more than the pool has room for, all at once.
   *
   * @throws AdapterException if the server cannot be reached or refuses the connection
   */
  void warmUp(int connections) {
    AtOnce.run(Collections.nCopies(Math.min(connections, size), this::openIdle));
  }

  private void openIdle() {
    idle.addLast(factory.open(Deadline.in(connectTimeout)));
    if (closed) {
      dropIdle();
    }
  }

  /** How long waiting for a connection may take. */
  Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * Takes a connection, which must be given back or discarded.
   *
   * @param deadline by when one must be free, and tried or opened
   * @throws AdapterException if none is to be had; nothing was sent then
   */
  PipelineConnection take(Deadline deadline) {
    awaitPermit(deadline);
    try {
      PipelineConnection connection = idle.pollFirst();
      if (connection == null || !isAlive(connection, deadline)) {
        connection = factory.open(deadline);
      }
      taken.add(connection);
      return connection;
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  private void awaitPermit(Deadline deadline) {
    try {
      if (!permits.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS)) {
        throw AdapterException.unavailable(
            "all " + size + " connections to Redis at " + address() + " are in use", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdapterException.unavailable(
          "interrupted while waiting for a connection to Redis at " + address(), e);
    }
    if (closed) {
      permits.release();
      throw AdapterException.unavailable(
          "the connections to Redis at " + address() + " were closed", null);
    }
  }

  /** The answer gets half of the time: if only this connection is dead, another can be opened. */
  private boolean isAlive(PipelineConnection connection, Deadline deadline) {
    if (connection.idleNanos() < TRIED_AFTER_NANOS) {
      return true;
    }
    boolean isAlive = false;
    try {
      isAlive = connection.isAlive(Deadline.in(Duration.ofNanos(deadline.left() / 2)));
    } finally {
      if (!isAlive) {
        connection.drop();
        dropIdle();
      }
    }
    return isAlive;
  }

  /** Takes back a connection whose answers were all read. */
  void giveBack(PipelineConnection connection) {
    try {
      taken.remove(connection);
      idle.addFirst(connection);
    } finally {
      permits.release();
    }
    if (closed) {
      dropIdle();
    }
  }

  /** Closes a connection that failed, and those that idle. */
  void discard(PipelineConnection connection) {
    try {
      taken.remove(connection);
      connection.drop();
      dropIdle();
    } finally {
      permits.release();
    }
  }

  private void dropIdle() {
    PipelineConnection connection;
    while ((connection = idle.pollFirst()) != null) {
      connection.drop();
    }
  }

  void close() {
    closed = true;
    dropIdle();
    taken.forEach(PipelineConnection::drop);
  }
}
