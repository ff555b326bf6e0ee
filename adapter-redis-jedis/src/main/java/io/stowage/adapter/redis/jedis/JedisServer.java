package io.stowage.adapter.redis.jedis;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.topology.ConnectFailures;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.PendingReplies;
import io.stowage.adapter.redis.common.topology.ServerConnection;
import io.stowage.spi.AdapterException;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/** One server through a pool of connections, each used by one thread at a time. */
final class JedisServer implements ServerConnection {

  /** A batch of more bytes may not fit into the socket's buffers. */
  private static final long WATCHED_BYTES = 16 << 10;

  private final PipelineConnectionPool pool;
  private final Watchdog watchdog;

  JedisServer(PipelineConnectionPool pool, Watchdog watchdog) {
    this.pool = pool;
    this.watchdog = watchdog;
  }

  @Override
  public void warmUp(int connections) {
    pool.warmUp(connections);
  }

  @Override
  public PendingReplies send(List<RedisCommand> batch, Deadline deadline) {
    PipelineConnection connection = deadline.connecting(pool.connectTimeout(), pool::take);
    Future<?> cut = null;
    try {
      if (batch.stream().mapToLong(RedisCommand::size).sum() > WATCHED_BYTES) {
        cut = watchdog.cutAfter(deadline.left(), connection);
      }
      connection.send(batch);
    } catch (JedisException e) {
      cancel(cut, connection);
      pool.discard(connection);
      throw unanswered(deadline, e);
    } catch (RuntimeException | Error e) {
      cancel(cut, connection);
      pool.discard(connection);
      throw e;
    }
    Future<?> watched = cut;
    return () -> receive(connection, batch.size(), deadline, watched);
  }

  /** Every batch has a connection of its own. */
  @Override
  public PendingReplies sendAlone(List<RedisCommand> batch, Deadline deadline) {
    return send(batch, deadline);
  }

  private List<Reply> receive(
      PipelineConnection connection, int count, Deadline deadline, @Nullable Future<?> cut) {
    List<Reply> replies;
    try {
      replies = connection.receive(count, deadline);
    } catch (JedisException e) {
      cancel(cut, connection);
      pool.discard(connection);
      throw unanswered(deadline, e);
    } catch (RuntimeException | Error e) {
      cancel(cut, connection);
      pool.discard(connection);
      throw e;
    }
    cancel(cut, connection);
    if (connection.isBroken()) {
      pool.discard(connection);
    } else {
      pool.giveBack(connection);
    }
    return replies;
  }

  /** A connection that was cut, or is just being cut, is of no more use. */
  private static void cancel(@Nullable Future<?> cut, PipelineConnection connection) {
    if (cut != null && !cut.cancel(false)) {
      connection.setBroken();
    }
  }

  private AdapterException unanswered(Deadline deadline, JedisException e) {
    return AdapterException.unanswered(
        "Redis at "
            + pool.address()
            + " did not answer within "
            + deadline.length().toMillis()
            + " ms, or the connection was lost: "
            + ConnectFailures.reason(e),
        e);
  }

  @Override
  public void close() {
    pool.close();
  }
}
