package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection that is open, or was, and when something last came over it. */
final class Wire {

  private final StatefulRedisConnection<byte[], byte[]> connection;
  private volatile long lastHeard = System.nanoTime();

  Wire(StatefulRedisConnection<byte[], byte[]> connection) {
    this.connection = connection;
  }

  boolean isOpen() {
    return connection.isOpen();
  }

  /** Sends all commands of a batch, or none. */
  void dispatch(PendingBatch batch) {
    connection.dispatch(batch.commands());
  }

  /** Tells the replica of a Cluster that it is to answer reads itself. */
  CompletionStage<String> readOnly() {
    return connection.async().readOnly();
  }

  /** A part of an answer came just now. */
  void heard() {
    lastHeard = System.nanoTime();
  }

  /**
   * For how many nanoseconds nothing has come.
   *
   * @param since a moment of {@link System#nanoTime} before which nothing was awaited
   */
  long silence(long since) {
    long now = System.nanoTime();
    return Math.min(now - lastHeard, now - since);
  }

  /** Closes it; what is under way fails. */
  void close() {
    if (connection.isOpen()) {
      CompletableFuture<?> unused = connection.closeAsync();
    }
  }
}
