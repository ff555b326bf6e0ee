package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A Cluster, as one of its nodes sees it; which one is left to chance, so that the view of a node
 * that was cut off is not kept for long.
 */
final class ClusterTopology implements Topology {

  private static final RedisCommand CLUSTER_SLOTS =
      RedisCommand.keyless("CLUSTER", "SLOTS".getBytes(StandardCharsets.US_ASCII));

  private final Servers servers;
  private final List<ServerAddress> seeds;
  private final Duration within;
  private final Suspects suspects = new Suspects();
  private final ReentrantLock changing = new ReentrantLock();
  private final Refresher refresher;
  private volatile Shards current;

  /**
   * Looks at the Cluster for the first time.
   *
   * @throws AdapterException if no node can be asked, or if they are not of a Cluster
   */
  ClusterTopology(Servers servers, List<ServerAddress> seeds, NetworkSettings network) {
    this.servers = servers;
    this.seeds = seeds;
    this.within = network.commandTimeout();
    this.current = look(List.of());
    this.refresher = new Refresher(this::refresh, network.topologyRefresh());
  }

  private void refresh() {
    Shards shards = look(shards().servers());
    change(known -> shards);
    servers.retain(shards.servers());
  }

  private Shards look(List<ServerAddress> known) {
    AdapterException failure = null;
    for (ServerAddress server : suspects.last(known, seeds)) {
      try {
        Shards shards = ask(server);
        if (!shards.all().isEmpty()) {
          return shards;
        }
        failure =
            AdapterException.unavailable("Redis at " + server + " knows no slot's server", null);
      } catch (AdapterException e) {
        suspects.add(server);
        failure = failure == null || failure.isTransient() ? e : failure;
      }
    }
    throw failure == null ? AdapterException.unavailable("no server is known", null) : failure;
  }

  private Shards ask(ServerAddress server) {
    Reply reply = servers.ask(server, List.of(CLUSTER_SLOTS), within).get(0);
    if (reply instanceof Reply.Failure error) {
      throw ReplyErrors.isTransient(error.text())
          ? AdapterException.unavailable(
              "Redis at " + server + " is not ready: " + error.text(), null)
          : AdapterException.refused(
              "Redis at " + server + " cannot be used as a Cluster: " + error.text(), null);
    }
    return ClusterSlots.read(reply, server);
  }

  @Override
  public Shards shards() {
    return current;
  }

  @Override
  public Shards withReplicas() {
    return shards();
  }

  @Override
  public boolean mayChange() {
    return true;
  }

  @Override
  public void moved(int slot, ServerAddress to) {
    change(known -> known.moved(slot, to));
    refresher.request();
  }

  private void change(UnaryOperator<Shards> change) {
    changing.lock();
    try {
      current = change.apply(current);
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void suspect(ServerAddress server) {
    suspects.add(server);
    refresher.request();
  }

  @Override
  public void lookAgain() {
    refresher.request();
  }

  @Override
  public void close() {
    refresher.close();
  }
}
