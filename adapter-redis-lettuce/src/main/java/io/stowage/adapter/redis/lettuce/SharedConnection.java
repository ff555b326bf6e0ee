package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.spi.AdapterException;
import io.stowage.spi.ConnectionSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to the server, opened anew by the first use after it was lost. Lettuce's own
 * reconnection is off, because it would send again what was under way. At most one attempt to
 * connect is made at a time; all who need the connection await it together.
 */
final class SharedConnection {

  /** More commands under way than this are refused at once instead of filling the heap. */
  private static final int MAX_QUEUED = 65_536;

  private static final int THREADS = 2;

  private final RedisUri uri;
  private final Duration connectTimeout;
  private final RedisURI target;
  private final ClientResources resources;
  private final RedisClient client;
  private final AtomicReference<
          @Nullable CompletableFuture<StatefulRedisConnection<byte[], byte[]>>>
      current = new AtomicReference<>();
  private volatile boolean closed;

  SharedConnection(RedisUri uri, ConnectionSettings settings) {
    this.uri = uri;
    this.connectTimeout = settings.connectTimeout();
    this.target = target(uri, settings);
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(MAX_QUEUED)
            .protocolVersion(ProtocolVersion.RESP2)
            .maintNotificationsConfig(MaintNotificationsConfig.disabled())
            .socketOptions(SocketOptions.builder().connectTimeout(connectTimeout).build())
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .build());
  }

  private static RedisURI target(RedisUri uri, ConnectionSettings settings) {
    RedisURI.Builder builder =
        RedisURI.Builder.redis(uri.host(), uri.port())
            .withDatabase(uri.database())
            .withTimeout(settings.connectTimeout())
            .withClientName(settings.clientName());
    String password = uri.password();
    if (password != null) {
      String user = uri.user();
      if (user == null) {
        builder.withPassword(password.toCharArray());
      } else {
        builder.withAuthentication(user, password.toCharArray());
      }
    }
    return builder.build();
  }

  String place() {
    return uri.place();
  }

  /**
   * The connection, connected if need be within the connect time-out.
   *
   * @throws AdapterException if Redis cannot be reached or refuses the connection
   */
  StatefulRedisConnection<byte[], byte[]> get() {
    CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connection = attempt();
    try {
      return connection.get(connectTimeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw AdapterException.unavailable(
          "cannot connect to Redis at " + place() + " within " + connectTimeout.toMillis() + " ms",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AdapterException.unavailable("interrupted while connecting to Redis at " + place(), e);
    }
  }

  /** The attempt that is under way or has succeeded and is still connected, or a new one. */
  private CompletableFuture<StatefulRedisConnection<byte[], byte[]>> attempt() {
    while (true) {
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> last = current.get();
      if (last != null && isUsable(last)) {
        return last;
      }
      if (closed) {
        throw new IllegalStateException("the Redis adapter is closed");
      }
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> next = new CompletableFuture<>();
      if (current.compareAndSet(last, next)) {
        connect(next);
        return next;
      }
    }
  }

  private static boolean isUsable(
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> attempt) {
    if (!attempt.isDone()) {
      return true;
    }
    return !attempt.isCompletedExceptionally() && attempt.join().isOpen();
  }

  private void connect(CompletableFuture<StatefulRedisConnection<byte[], byte[]>> result) {
    try {
      ConnectionFuture<?> unused =
          client
              .connectAsync(ByteArrayCodec.INSTANCE, target)
              .whenComplete((connection, failure) -> complete(result, connection, failure));
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void complete(
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> result,
      StatefulRedisConnection<byte[], byte[]> connection,
      @Nullable Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
      return;
    }
    result.complete(connection);
    if (closed) {
      drop(connection);
    }
  }

  private AdapterException failure(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof RedisCommandExecutionException)) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return root instanceof RedisCommandExecutionException
        ? ReplyErrors.onConnect(uri, reason, failure)
        : AdapterException.unavailable(
            "cannot connect to Redis at " + place() + ": " + reason, failure);
  }

  /** Closes a connection that did not answer in time, so that nothing piles up behind it. */
  void drop(StatefulRedisConnection<byte[], byte[]> connection) {
    if (connection.isOpen()) {
      CompletableFuture<?> unused = connection.closeAsync();
    }
  }

  void close() {
    closed = true;
    client.shutdown(Duration.ZERO, connectTimeout);
    long millis = connectTimeout.toMillis();
    resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
  }
}
