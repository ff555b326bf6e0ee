package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.adapter.redis.common.topology.ConnectFailures;
import io.stowage.adapter.redis.common.topology.Deadline;
import io.stowage.adapter.redis.common.topology.PendingReplies;
import io.stowage.adapter.redis.common.topology.ServerAddress;
import io.stowage.adapter.redis.common.topology.ServerTarget;
import io.stowage.api.Credentials;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a server that threads share, opened anew by the first use after it was lost. At
 * most one attempt to connect is made at a time; all who need the connection await it together.
 */
final class SharedConnection {

  /**
   * A batch that would make the commands under way more than these is refused as a whole, instead
   * of filling the heap.
   */
  static final int MAX_UNDER_WAY = 65_536;

  private final RedisClient client;
  private final ServerTarget target;
  private final RedisURI uri;
  private final Duration connectTimeout;
  private final long longSilence;
  private final AtomicReference<@Nullable CompletableFuture<Wire>> current =
      new AtomicReference<>();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean closed;

  SharedConnection(
      RedisClient client, ServerTarget target, ConnectionSettings settings, boolean encrypted) {
    this.client = client;
    this.target = target;
    this.connectTimeout = settings.network().connectTimeout();
    this.longSilence = settings.network().commandTimeout().toNanos() / 2;
    this.uri = uri(target, settings.clientName(), encrypted);
    uri.setTimeout(connectTimeout);
  }

  private static RedisURI uri(ServerTarget target, String clientName, boolean encrypted) {
    ServerAddress address = target.address();
    RedisURI.Builder builder =
        RedisURI.Builder.redis(address.host(), address.port())
            .withDatabase(target.database())
            .withClientName(clientName);
    if (encrypted) {
      builder.withSsl(true).withVerifyPeer(SslVerifyMode.FULL);
    }
    Credentials credentials = target.credentials();
    if (credentials != null) {
      String user = credentials.user();
      char[] password = credentials.password().toCharArray();
      if (user == null) {
        builder.withPassword(password);
      } else {
        builder.withAuthentication(user, password);
      }
    }
    return builder.build();
  }

  ServerAddress address() {
    return target.address();
  }

  /** Connects before it is needed, as {@link #connect} does. */
  void warmUp() {
    Wire unused = connect(Deadline.in(connectTimeout));
  }

  /**
   * Connects if need be. The time that Lettuce takes to begin does not count: the first time in a
   * process it loads a good many classes.
   *
   * @param limit by when
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  private Wire connect(Deadline limit) {
    long nanos = Math.max(0, limit.left());
    CompletableFuture<Wire> connection = attempt();
    try {
      return connection.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw ConnectFailures.late(address(), connectTimeout, e);
    } catch (InterruptedException e) {
      throw ConnectFailures.interrupted(address(), e);
    }
  }

  /** Sends a batch; see {@link io.stowage.adapter.redis.common.topology.ServerConnection#send}. */
  PendingReplies send(List<RedisCommand> batch, Deadline deadline) {
    Wire wire = deadline.connecting(connectTimeout, this::connect);
    PendingBatch pending =
        new PendingBatch(address(), batch, deadline, wire, since -> closeIfSilent(wire, since));
    int commands = batch.size();
    if (underWay.addAndGet(commands) > MAX_UNDER_WAY) {
      underWay.addAndGet(-commands);
      throw AdapterException.unavailable(
          "Redis at " + address() + " has more than " + MAX_UNDER_WAY + " commands under way",
          null);
    }
    pending.whenOver(() -> underWay.addAndGet(-commands));
    try {
      wire.dispatch(pending);
    } catch (RedisException e) {
      pending.cancel();
      throw PendingBatch.lost(address(), e);
    } catch (RuntimeException | Error e) {
      pending.cancel();
      throw e;
    }
    return pending;
  }

  /** The attempt that is under way or has succeeded and is still connected, or a new one. */
  private CompletableFuture<Wire> attempt() {
    while (true) {
      CompletableFuture<Wire> last = current.get();
      if (last != null && isUsable(last)) {
        return last;
      }
      if (closed) {
        throw AdapterException.unavailable(
            "the connection to Redis at " + address() + " was closed", null);
      }
      CompletableFuture<Wire> next = new CompletableFuture<>();
      if (current.compareAndSet(last, next)) {
        connect(next);
        return next;
      }
    }
  }

  private static boolean isUsable(CompletableFuture<Wire> attempt) {
    if (!attempt.isDone()) {
      return true;
    }
    return !attempt.isCompletedExceptionally() && attempt.join().isOpen();
  }

  /** Lettuce has a limit for each step; the attempt as a whole has one too. */
  private void connect(CompletableFuture<Wire> result) {
    try {
      ConnectionFuture<?> unused =
          client
              .connectAsync(ByteArrayCodec.INSTANCE, uri)
              .thenApply(Wire::new)
              .thenCompose(this::introduce)
              .whenComplete((wire, failure) -> complete(result, wire, failure));
      CompletableFuture<?> unusedLimit =
          result.orTimeout(connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void complete(CompletableFuture<Wire> result, Wire wire, @Nullable Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
      return;
    }
    boolean isInTime = result.complete(wire);
    if (closed || !isInTime) {
      wire.close();
    }
  }

  private CompletionStage<Wire> introduce(Wire wire) {
    if (!target.readOnly()) {
      return CompletableFuture.completedFuture(wire);
    }
    return wire.readOnly()
        .toCompletableFuture()
        .orTimeout(connectTimeout.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (ok, failure) -> {
              if (failure != null) {
                wire.close();
              }
            })
        .thenApply(ok -> wire);
  }

  private AdapterException failure(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return ConnectFailures.late(address(), connectTimeout, failure);
    }
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof RedisCommandExecutionException) {
        return ReplyErrors.onConnect(address(), String.valueOf(t.getMessage()), failure);
      }
    }
    return ConnectFailures.of(address(), failure);
  }

  /**
   * Something did not come in time. If anything else did, the answer is only late, and is thrown
   * away when it comes: others wait for theirs. If nothing has come for long, the connection ends,
   * so that nothing piles up behind a server that does not answer.
   *
   * @param since since when it was awaited
   */
  private void closeIfSilent(Wire wire, long since) {
    if (wire.silence(since) >= longSilence) {
      wire.close();
    }
  }

  void close() {
    closed = true;
    disconnect();
  }

  /** Closes what is open; the next use connects again, unless this was closed for good. */
  void disconnect() {
    CompletableFuture<Wire> last = current.get();
    if (last != null) {
      CompletableFuture<?> unused = last.thenAccept(Wire::close);
    }
  }
}
