package io.stowage.adapter.redis.lettuce;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.PendingReplies;
import io.stowage.adapter.redis.common.topology.ServerConnection;
import io.stowage.spi.AdapterException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One server: a connection that all threads share, and a few for batches that the server may take
 * its time to answer, each used by one thread at a time.
 */
final class LettuceServer implements ServerConnection {

  private final Supplier<SharedConnection> connections;
  private final SharedConnection shared;
  private final int most;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<SharedConnection> idle = new ConcurrentLinkedDeque<>();
  private final Set<SharedConnection> alone = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LettuceServer(Supplier<SharedConnection> connections, int most) {
    this.connections = connections;
    this.shared = connections.get();
    this.most = most;
    this.permits = new Semaphore(most, true);
  }

  @Override
  public void warmUp(int count) {
    if (count > 0) {
      shared.warmUp();
    }
  }

  @Override
  public PendingReplies send(List<RedisCommand> batch, Deadline deadline) {
    return shared.send(batch, deadline);
  }

  @Override
  public PendingReplies sendAlone(List<RedisCommand> batch, Deadline deadline) {
    SharedConnection connection = take(deadline);
    PendingReplies pending;
    try {
      pending = connection.send(batch, deadline);
    } catch (RuntimeException | Error e) {
      giveBack(connection);
      throw e;
    }
    return () -> awaitAndGiveBack(pending, connection);
  }

  /**
   * A connection of which not all answers came goes back disconnected: the server may still be at
   * it, and the next who takes it would wait for that.
   */
  private List<Reply> awaitAndGiveBack(PendingReplies pending, SharedConnection connection) {
    boolean isAnswered = false;
    try {
      List<Reply> replies = pending.await();
      isAnswered = true;
      return replies;
    } finally {
      if (!isAnswered) {
        connection.disconnect();
      }
      giveBack(connection);
    }
  }

  private SharedConnection take(Deadline deadline) {
    try {
      if (!permits.tryAcquire(deadline.left(), TimeUnit.NANOSECONDS)) {
        throw AdapterException.unavailable(
            "all " + most + " connections to Redis at " + shared.address() + " are in use", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdapterException.unavailable(
          "interrupted while waiting for a connection to Redis at " + shared.address(), e);
    }
    try {
      SharedConnection connection = idle.pollFirst();
      if (connection == null) {
        connection = connections.get();
        alone.add(connection);
      }
      if (closed) {
        connection.close();
      }
      return connection;
    } catch (RuntimeException | Error e) {
      permits.release();
      throw e;
    }
  }

  private void giveBack(SharedConnection connection) {
    idle.addFirst(connection);
    permits.release();
  }

  @Override
  public void close() {
    closed = true;
    shared.close();
    alone.forEach(SharedConnection::close);
  }
}
