package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.topology.AtOnce;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

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
  private final long connectNanos;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<PipelineConnection> idle = new ConcurrentLinkedDeque<>();
  private final Set<PipelineConnection> taken = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  PipelineConnectionPool(PipelineConnectionFactory factory, NetworkSettings network) {
    this.factory = factory;
    this.size = network.poolSize();
    this.connectNanos = network.connectTimeout().toNanos();
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
    idle.addLast(factory.open());
    if (closed) {
      dropIdle();
    }
  }

  /**
   * Takes a connection, waiting for a free one no longer than the connect time-out. It must be
   * given back or discarded.
   *
   * @throws AdapterException if none is to be had; nothing was sent then
   */
  PipelineConnection take() {
    awaitPermit();
    try {
      PipelineConnection connection = idle.pollFirst();
      if (connection == null || !isAlive(connection)) {
        connection = factory.open();
      }
      taken.add(connection);
      return connection;
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  private void awaitPermit() {
    try {
      if (!permits.tryAcquire(connectNanos, TimeUnit.NANOSECONDS)) {
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

  private boolean isAlive(PipelineConnection connection) {
    if (connection.idleNanos() < TRIED_AFTER_NANOS) {
      return true;
    }
    try {
      connection.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(connectNanos));
      return connection.ping();
    } catch (JedisException e) {
      connection.drop();
      dropIdle();
      return false;
    }
  }

  /** Takes back a connection whose answers were all read. */
  void giveBack(PipelineConnection connection) {
    taken.remove(connection);
    idle.addFirst(connection);
    permits.release();
    if (closed) {
      dropIdle();
    }
  }

  /** Closes a connection that failed, and those that idle. */
  void discard(PipelineConnection connection) {
    taken.remove(connection);
    try {
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
