package io.stowage.adapter.redis.common;

import io.stowage.adapter.redis.common.server.ServerProbe;
import io.stowage.api.ServerReport;
import io.stowage.spi.ServerPort;
import io.stowage.spi.StorageAdapter;
import io.stowage.spi.StorePorts;
import java.util.List;
import java.util.Optional;

/** The adapter over a connection. */
final class RedisAdapter implements StorageAdapter {

  private final String name;
  private final String keyPrefix;
  private final Pipeline pipeline;
  private final ServerPort servers;

  /**
   * @param uri where the connection goes
   */
  RedisAdapter(String name, RedisUri uri, String keyPrefix, RedisConnection connection) {
    this.name = name;
    this.keyPrefix = keyPrefix;
    this.pipeline = new Pipeline(connection);
    ServerPort probe = new ServerProbe(connection, uri, keyPrefix);
    this.servers = new OpenServers(pipeline, probe);
  }

  /** Tells about servers as long as the adapter is open. */
  private record OpenServers(Pipeline pipeline, ServerPort probe) implements ServerPort {

    @Override
    public ServerReport inspect() {
      pipeline.checkOpen();
      return probe.inspect();
    }

    @Override
    public List<String> evicting() {
      pipeline.checkOpen();
      return probe.evicting();
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public StorePorts store(String store) {
    pipeline.checkOpen();
    return new RedisStorePorts(pipeline, new Keys(keyPrefix, store));
  }

  @Override
  public Optional<ServerPort> servers() {
    pipeline.checkOpen();
    return Optional.of(servers);
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
