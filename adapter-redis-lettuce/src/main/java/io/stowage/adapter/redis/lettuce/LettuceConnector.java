package io.stowage.adapter.redis.lettuce;

import io.lettuce.core.RedisClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.stowage.adapter.redis.common.tls.TlsKeys;
import io.stowage.adapter.redis.common.topology.ServerConnection;
import io.stowage.adapter.redis.common.topology.ServerConnector;
import io.stowage.adapter.redis.common.topology.ServerTarget;
import io.stowage.spi.ConnectionSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Connects through Lettuce; all connections share two threads. */
final class LettuceConnector implements ServerConnector {

  private static final int THREADS = 2;

  private final ConnectionSettings settings;
  private final boolean encrypted;
  private final ClientResources resources;
  private final RedisClient client;
  private final AtomicBoolean closed = new AtomicBoolean();

  LettuceConnector(ConnectionSettings settings, Optional<TlsKeys> tls) {
    this.settings = settings;
    this.encrypted = tls.isPresent();
    var options = LettuceOptions.of(settings.network(), tls);
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(options);
  }

  @Override
  public ServerConnection connect(ServerTarget target) {
    return new LettuceServer(
        () -> new SharedConnection(client, target, settings, encrypted),
        settings.network().poolSize());
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      Duration limit = settings.network().connectTimeout();
      client.shutdown(Duration.ZERO, limit);
      long millis = limit.toMillis();
      resources.shutdown(0, millis, TimeUnit.MILLISECONDS).awaitUninterruptibly(millis);
    }
  }
}
