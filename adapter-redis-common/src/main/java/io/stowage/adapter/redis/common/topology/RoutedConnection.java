package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.KeyPage;
import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.RedisConnection;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.Durability;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The connection to one deployment of any topology. */
final class RoutedConnection implements RedisConnection {

  private final Topology topology;
  private final Servers servers;
  private final Duration commandTimeout;
  private final StaleReads staleReads;
  private final Scan scan;
  private final AtomicBoolean closed = new AtomicBoolean();

  RoutedConnection(Topology topology, Servers servers, Duration commandTimeout) {
    this.topology = topology;
    this.servers = servers;
    this.commandTimeout = commandTimeout;
    this.staleReads = new StaleReads(topology, servers);
    this.scan =
        topology.shards().isSingleNode()
            ? new SingleNodeScan(topology, servers)
            : new ClusterScan(topology, servers);
  }

  /**
   * Opens connections to the masters that can be reached.
   *
   * @throws AdapterException if one refuses, or if the only one that there can be is not reached:
   *     to try it again at once would take as long again
   */
  void warmUp(int each) {
    servers.warmUp(topology.shards().masters(), each, topology.mayChange());
  }

  @Override
  public List<Reply> execute(List<RedisCommand> batch) {
    return execute(batch, Durability.master()).replies();
  }

  @Override
  public Confirmed execute(List<RedisCommand> batch, Durability durability) {
    checkOpen();
    Deadline deadline = Deadline.in(commandTimeout.plus(durability.within()));
    return new BatchCall(topology, servers, batch, durability, deadline).run();
  }

  @Override
  public List<Reply> executeStale(List<RedisCommand> batch) {
    checkOpen();
    return staleReads.read(batch, Deadline.in(commandTimeout));
  }

  @Override
  public List<ServerReplies> onEveryServer(List<RedisCommand> batch) {
    checkOpen();
    List<ServerAddress> addresses = topology.withReplicas().servers();
    ServerAnswers answers =
        ServerAnswers.of(servers, addresses, batch, Deadline.in(commandTimeout));
    List<ServerReplies> replies = new ArrayList<>();
    for (ServerAddress address : addresses) {
      if (answers.isFrom(address)) {
        replies.add(new ServerReplies(address.toString(), answers.from(address)));
      }
    }
    if (replies.isEmpty()) {
      answers.from(addresses.get(0));
    }
    return replies;
  }

  @Override
  public boolean isSingleNode() {
    return topology.shards().isSingleNode();
  }

  @Override
  public boolean servesTogether(List<byte[]> keys) {
    return isSingleNode() || keys.stream().mapToInt(Slots::of).distinct().count() <= 1;
  }

  @Override
  public KeyPage scan(String position, byte[] pattern, int count) {
    checkOpen();
    return scan.next(position, pattern, count, Deadline.in(commandTimeout));
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the Redis adapter is closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      topology.close();
      servers.close();
    }
  }
}
