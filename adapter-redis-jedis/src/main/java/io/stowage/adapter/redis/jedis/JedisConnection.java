package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/** A standalone Redis through a pool of Jedis connections. */
final class JedisConnection implements RedisConnection {

  /**
   * A batch of more bytes may not fit into the socket's buffers, and a write to a socket knows no
   * time-out: such a batch is watched by another thread.
   */
  private static final long WATCHED_BYTES = 16 << 10;

  private final PipelineConnectionPool pool;
  private final Duration commandTimeout;
  private final ScheduledThreadPoolExecutor watchdog;

  JedisConnection(PipelineConnectionPool pool, Duration commandTimeout) {
    this.pool = pool;
    this.commandTimeout = commandTimeout;
    this.watchdog =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "stowage-jedis-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    watchdog.setRemoveOnCancelPolicy(true);
    watchdog.setKeepAliveTime(10, TimeUnit.SECONDS);
    watchdog.allowCoreThreadTimeOut(true);
  }

  @Override
  public List<Reply> execute(List<RedisCommand> batch) {
    PipelineConnection connection = pool.take();
    List<Reply> replies;
    try {
      replies =
          batch.stream().mapToLong(RedisCommand::size).sum() > WATCHED_BYTES
              ? watched(connection, batch)
              : plain(connection, batch);
    } catch (JedisException e) {
      pool.discard(connection);
      throw unanswered(e);
    } catch (RuntimeException | Error e) {
      pool.discard(connection);
      throw e;
    }
    if (connection.isBroken()) {
      pool.discard(connection);
    } else {
      pool.giveBack(connection);
    }
    return replies;
  }

  private List<Reply> plain(PipelineConnection connection, List<RedisCommand> batch) {
    long deadline = System.nanoTime() + commandTimeout.toNanos();
    connection.send(batch);
    return connection.receive(batch.size(), deadline);
  }

  private List<Reply> watched(PipelineConnection connection, List<RedisCommand> batch) {
    Future<?> cut;
    try {
      cut = watchdog.schedule(connection::drop, commandTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw AdapterException.unavailable("the Redis adapter is being closed", e);
    }
    try {
      return plain(connection, batch);
    } finally {
      if (!cut.cancel(false)) {
        connection.setBroken();
      }
    }
  }

  private AdapterException unanswered(JedisException e) {
    return AdapterException.unanswered(
        "Redis at "
            + pool.place()
            + " did not answer within "
            + commandTimeout.toMillis()
            + " ms, or the connection was lost: "
            + PipelineConnectionFactory.reason(e),
        e);
  }

  @Override
  public boolean isSingleNode() {
    return true;
  }

  @Override
  public void close() {
    pool.close();
    watchdog.shutdownNow();
  }
}
