package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.api.Credentials;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A master and its replicas, of which Sentinels tell who is who. A server is taken as the master
 * only if it says so itself.
 *
 * <p>A Sentinel that was cut off from the others, and a master with it, goes on telling what was
 * before. So all that are known are asked, those too that the others tell of, and the latest epoch
 * counts: a majority has agreed on it. What is told under an earlier epoch than was seen before is
 * believed only of a majority.
 */
final class SentinelTopology implements Topology {

  private static final System.Logger logger = System.getLogger(SentinelTopology.class.getName());

  private final Servers servers;
  private final List<ServerAddress> sentinels;
  private final @Nullable Credentials credentials;
  private final String name;
  private final Duration within;
  private final Refresher refresher;
  private volatile Shards current;
  private volatile long epoch = -1;

  /** Those that the others tell of, by their ids. */
  private volatile Map<String, ServerAddress> others = Map.of();

  /**
   * Looks for the master for the first time.
   *
   * @param credentials who logs in to the Sentinels; null for nobody
   * @throws AdapterException if no Sentinel can be asked, or if none knows the master
   */
  SentinelTopology(
      Servers servers,
      List<ServerAddress> sentinels,
      @Nullable Credentials credentials,
      String name,
      NetworkSettings network) {
    this.servers = servers;
    this.sentinels = sentinels;
    this.credentials = credentials;
    this.name = name;
    this.within = network.commandTimeout();
    this.current = look();
    this.refresher = new Refresher(this::refresh, network.topologyRefresh());
  }

  private void refresh() {
    Shards shards = look();
    current = shards;
    servers.retain(shards.servers());
  }

  private Shards look() {
    Set<ServerAddress> all = new LinkedHashSet<>(sentinels);
    all.addAll(others.values());
    SentinelPoll poll = SentinelPoll.of(all, this::ask);
    SentinelView latest = poll.latest();
    String answered = poll.views().size() + " of " + poll.all() + " Sentinels";
    if (latest.epoch() < epoch && !poll.hasMajority()) {
      throw AdapterException.unavailable(
          answered
              + " answer, and tell of epoch "
              + latest.epoch()
              + " of master '"
              + name
              + "', when "
              + epoch
              + " was seen",
          null);
    }
    checkIsMaster(latest.shard().master());
    if (!poll.hasMajority()) {
      logger.log(
          epoch < 0 ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
          answered + " tell who is master '" + name + "': no majority");
    }
    epoch = latest.epoch();
    learn(poll, latest);
    return Shards.one(latest.shard());
  }

  /** Takes note of those that the URI does not name, by addresses that may not be reachable. */
  private void learn(SentinelPoll poll, SentinelView latest) {
    Map<String, ServerAddress> known = new HashMap<>(latest.others());
    poll.views().forEach(view -> known.putAll(view.others()));
    known.values().removeAll(sentinels);
    others = Map.copyOf(known);
  }

  private SentinelView ask(ServerAddress sentinel) {
    ServerTarget target = new ServerTarget(sentinel, credentials, 0, false);
    return SentinelView.read(
        sentinel, name, servers.ask(target, SentinelView.questions(name), within));
  }

  /** A server that may not be asked is believed; it refuses writes if it is no master. */
  private void checkIsMaster(ServerAddress server) {
    Reply role = servers.ask(server, List.of(RedisCommand.keyless("ROLE")), within).get(0);
    if (role instanceof Reply.Array parts) {
      String told = Replies.text(parts.elements().get(0));
      if (!told.equals("master")) {
        throw AdapterException.unavailable(
            "Redis at " + server + ", master '" + name + "' of the Sentinels, is a " + told, null);
      }
    } else if (role instanceof Reply.Failure error && ReplyErrors.isTransient(error.text())) {
      throw AdapterException.unavailable(
          "Redis at " + server + " is not ready: " + error.text(), null);
    }
  }

  @Override
  public Shards shards() {
    return current;
  }

  @Override
  public Shards withReplicas() {
    return current;
  }

  @Override
  public boolean mayChange() {
    return true;
  }

  @Override
  public void moved(int slot, ServerAddress to) {
    refresher.request();
  }

  @Override
  public void suspect(ServerAddress server) {
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
