package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server, which stays the master; its replicas are looked up only for those who read them. */
final class StandaloneTopology implements Topology {

  private static final System.Logger logger = System.getLogger(StandaloneTopology.class.getName());

  private static final Pattern REPLICA =
      Pattern.compile("(?m)^slave[0-9]+:ip=([^,]+),port=([0-9]+),state=online\\b");

  private static final RedisCommand INFO_REPLICATION =
      RedisCommand.keyless("INFO", "replication".getBytes(StandardCharsets.US_ASCII));

  private final Servers servers;
  private final ServerAddress master;
  private final Shards alone;
  private final Duration within;
  private final Duration period;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Shards withReplicas;
  private volatile long nextLook = System.nanoTime();

  StandaloneTopology(Servers servers, ServerAddress master, NetworkSettings network) {
    this.servers = servers;
    this.master = master;
    this.alone = Shards.one(Shard.of(master));
    this.withReplicas = alone;
    this.within = network.commandTimeout();
    this.period = network.topologyRefresh();
  }

  @Override
  public Shards shards() {
    return alone;
  }

  /** Looks once in a period, one thread at a time; others take what is known. */
  @Override
  public Shards withReplicas() {
    if (System.nanoTime() - nextLook >= 0 && looking.tryLock()) {
      try {
        withReplicas = Shards.one(new Shard(master, replicas()));
      } catch (AdapterException e) {
        logger.log(System.Logger.Level.DEBUG, "the replicas that are known stay", e);
      } finally {
        nextLook = System.nanoTime() + period.toNanos();
        looking.unlock();
      }
    }
    return withReplicas;
  }

  /** Those that are online; none if this may not be asked. */
  private List<ServerAddress> replicas() {
    Reply reply = servers.ask(master, List.of(INFO_REPLICATION), within).get(0);
    List<ServerAddress> replicas = new ArrayList<>();
    if (reply instanceof Reply.Bulk) {
      Matcher matcher = REPLICA.matcher(Replies.text(reply));
      while (matcher.find()) {
        replicas.add(new ServerAddress(matcher.group(1), Integer.parseInt(matcher.group(2))));
      }
    }
    return replicas;
  }

  @Override
  public boolean mayChange() {
    return false;
  }

  @Override
  public void moved(int slot, ServerAddress to) {}

  @Override
  public void suspect(ServerAddress server) {}

  @Override
  public void lookAgain() {}

  @Override
  public void close() {}
}
