package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.RedisCommand;
import io.stowage.adapter.redis.common.Replies;
import io.stowage.adapter.redis.common.Reply;
import io.stowage.adapter.redis.common.ReplyErrors;
import io.stowage.api.Credentials;
import io.stowage.api.NetworkSettings;
import io.stowage.spi.AdapterException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A master and its replicas, of which Sentinels tell who is who. A server is taken as the master
 * only if it says so itself.
 */
final class SentinelTopology implements Topology {

  private static final Set<String> AWAY =
      Set.of("s_down", "o_down", "disconnected", "handshake", "master_down");

  private final Servers servers;
  private final List<ServerAddress> sentinels;
  private final @Nullable Credentials credentials;
  private final String name;
  private final Duration within;
  private final Suspects suspects = new Suspects();
  private final Refresher refresher;
  private volatile Shards current;

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

  /** A server that several Sentinels name is asked once: if it is frozen, each time takes long. */
  private Shards look() {
    AdapterException failure = null;
    Set<ServerAddress> asked = new HashSet<>();
    for (ServerAddress sentinel : suspects.last(List.of(), sentinels)) {
      try {
        Shard shard = ask(sentinel);
        if (asked.add(shard.master())) {
          checkIsMaster(shard.master());
          return Shards.one(shard);
        }
      } catch (AdapterException e) {
        failure = failure == null || failure.isTransient() ? e : failure;
      }
    }
    throw failure == null ? AdapterException.unavailable("no Sentinel is known", null) : failure;
  }

  private Shard ask(ServerAddress sentinel) {
    ServerTarget target = new ServerTarget(sentinel, credentials, 0, false);
    List<Reply> replies;
    try {
      replies =
          servers.ask(target, List.of(about("GET-MASTER-ADDR-BY-NAME"), about("REPLICAS")), within);
    } catch (AdapterException e) {
      suspects.add(sentinel);
      throw e;
    }
    if (replies.get(0) instanceof Reply.Failure error) {
      throw ReplyErrors.onConnect(sentinel, error.text(), null);
    }
    if (replies.get(0) instanceof Reply.Nil) {
      throw AdapterException.refused(
          "the Sentinel at " + sentinel + " knows no master '" + name + "'", null);
    }
    List<Reply> place = Replies.array(replies.get(0));
    ServerAddress master =
        new ServerAddress(Replies.text(place.get(0)), (int) Replies.decimal(place.get(1)));
    return new Shard(master, replicas(replies.get(1)));
  }

  private RedisCommand about(String question) {
    return RedisCommand.keyless(
        "SENTINEL",
        question.getBytes(StandardCharsets.US_ASCII),
        name.getBytes(StandardCharsets.UTF_8));
  }

  /** The replicas that are there; none if this may not be asked. */
  private static List<ServerAddress> replicas(Reply reply) {
    List<ServerAddress> replicas = new ArrayList<>();
    if (reply instanceof Reply.Array all) {
      for (Reply replica : all.elements()) {
        Fields fields = new Fields(Replies.array(replica));
        boolean away = Set.of(fields.get("flags").split(",", -1)).stream().anyMatch(AWAY::contains);
        if (!away && fields.get("master-link-status").equals("ok")) {
          replicas.add(new ServerAddress(fields.get("ip"), Integer.parseInt(fields.get("port"))));
        }
      }
    }
    return replicas;
  }

  /** Names and values in turn. */
  private record Fields(List<Reply> parts) {

    String get(String name) {
      for (int i = 0; i + 1 < parts.size(); i += 2) {
        if (Replies.text(parts.get(i)).equals(name)) {
          return Replies.text(parts.get(i + 1));
        }
      }
      return "";
    }
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
