package io.stowage.embedded.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is what among servers that Sentinels watch. It is asked of them each time. */
final class SentinelGroup {

  private final String name;
  private final List<EmbeddedRedis> members;
  private final List<EmbeddedRedis> sentinels;

  SentinelGroup(String name, List<EmbeddedRedis> members, List<EmbeddedRedis> sentinels) {
    this.name = name;
    this.members = List.copyOf(members);
    this.sentinels = List.copyOf(sentinels);
  }

  String name() {
    return name;
  }

  List<EmbeddedRedis> members() {
    return members;
  }

  List<EmbeddedRedis> sentinels() {
    return sentinels;
  }

  List<EmbeddedRedis> all() {
    return Stream.concat(sentinels.stream(), members.stream()).toList();
  }

  /** Whom most of the Sentinels that serve take for the master. */
  EmbeddedRedis master() throws IOException {
    Map<EmbeddedRedis, Integer> votes = new HashMap<>();
    for (EmbeddedRedis sentinel : serving(sentinels)) {
      votes.merge(member(watched(sentinel)), 1, Integer::sum);
    }
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(() -> new IOException("no Sentinel serves"));
  }

  /** What keeps those that serve from being one group; null if nothing does. */
  @Nullable String obstacle() throws IOException {
    EmbeddedRedis master = master();
    if (!master.isServing()) {
      return "the master " + master.address() + " does not serve";
    }
    for (EmbeddedRedis sentinel : serving(sentinels)) {
      String obstacle = obstacleAt(sentinel, master);
      if (obstacle != null) {
        return sentinel.address() + " " + obstacle;
      }
    }
    List<EmbeddedRedis> replicas =
        serving(members).stream().filter(member -> member != master).toList();
    return Replication.obstacle(master, replicas);
  }

  private @Nullable String obstacleAt(EmbeddedRedis sentinel, EmbeddedRedis master)
      throws IOException {
    Map<String, String> watched = watched(sentinel);
    if (member(watched) != master) {
      return "takes another for the master than " + master.address();
    }
    if (!"master".equals(watched.get("flags"))) {
      return "sees the master as " + watched.get("flags");
    }
    String others = String.valueOf(sentinels.size() - 1);
    if (!others.equals(watched.get("num-other-sentinels"))) {
      return "knows " + watched.get("num-other-sentinels") + " of " + others + " other Sentinels";
    }
    Map<String, String> flags = new HashMap<>();
    for (Map<String, String> replica : maps(sentinel, "SENTINEL", "REPLICAS", name)) {
      flags.put(replica.getOrDefault("port", ""), replica.getOrDefault("flags", ""));
    }
    for (EmbeddedRedis member : members) {
      String seen = flags.get(String.valueOf(member.port()));
      if (member != master && (seen == null || (member.isServing() && !seen.equals("slave")))) {
        return "sees the replica " + member.address() + " as " + seen;
      }
    }
    return null;
  }

  /** Replaces the master, and returns the new one when the group is stable. */
  EmbeddedRedis failOver(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    EmbeddedRedis[] masters = new EmbeddedRedis[2];
    boolean[] begun = {false};
    Await.until(
        limit,
        "The Sentinels replace the master",
        () -> {
          if (masters[0] == null) {
            masters[0] = master();
          }
          if (!begun[0]) {
            begun[0] = begin();
          }
          masters[1] = master();
          return masters[1] == masters[0] ? masters[0].address() + " is still master" : null;
        });
    EmbeddedRedis former = masters[0];
    EmbeddedRedis next = masters[1];
    Await.until(
        Duration.ofNanos(Math.max(0, deadline - System.nanoTime())),
        "The group follows its new master",
        () -> {
          if (former.isServing() && Replication.of(former).isMaster()) {
            demote(former, next);
          }
          return obstacle();
        });
    return next;
  }

  /** Asks one Sentinel; false if it cannot yet. */
  private boolean begin() throws IOException {
    EmbeddedRedis sentinel =
        serving(sentinels).stream()
            .findFirst()
            .orElseThrow(() -> new IOException("no Sentinel serves"));
    try {
      sentinel.ask("SENTINEL", "FAILOVER", name);
      return true;
    } catch (RespException e) {
      if (String.valueOf(e.getMessage()).startsWith("INPROG")) {
        return true; // the Sentinels have begun by themselves
      }
      throw e; // such as NOGOODSLAVE, while they have not looked at all replicas yet
    }
  }

  /** What a Sentinel does too, but only after it has watched the former master for a while. */
  private static void demote(EmbeddedRedis former, EmbeddedRedis next) throws IOException {
    try (RespConnection connection = former.connect(Duration.ofSeconds(5))) {
      connection.call("MULTI");
      connection.call("REPLICAOF", Loopback.HOST, String.valueOf(next.port()));
      connection.call("CONFIG", "REWRITE");
      connection.call("CLIENT", "KILL", "TYPE", "normal");
      connection.call("CLIENT", "KILL", "TYPE", "pubsub");
      connection.call("EXEC");
    }
  }

  private Map<String, String> watched(EmbeddedRedis sentinel) throws IOException {
    try (RespConnection connection = sentinel.connect(Duration.ofSeconds(5))) {
      return map(connection.call("SENTINEL", "MASTER", name));
    }
  }

  private static List<Map<String, String>> maps(EmbeddedRedis sentinel, String... words)
      throws IOException {
    try (RespConnection connection = sentinel.connect(Duration.ofSeconds(5))) {
      List<Map<String, String>> maps = new ArrayList<>();
      if (connection.call(words) instanceof List<?> parts) {
        parts.forEach(part -> maps.add(map(part)));
      }
      return maps;
    }
  }

  private static Map<String, String> map(@Nullable Object reply) {
    Map<String, String> map = new HashMap<>();
    if (reply instanceof List<?> parts) {
      for (int i = 0; i + 1 < parts.size(); i += 2) {
        map.put(RespConnection.text(parts.get(i)), RespConnection.text(parts.get(i + 1)));
      }
    }
    return map;
  }

  private EmbeddedRedis member(Map<String, String> watched) throws IOException {
    String port = watched.get("port");
    return members.stream()
        .filter(member -> String.valueOf(member.port()).equals(port))
        .findFirst()
        .orElseThrow(() -> new IOException("the Sentinels name a master on port " + port));
  }

  private static List<EmbeddedRedis> serving(List<EmbeddedRedis> servers) {
    return servers.stream().filter(EmbeddedRedis::isServing).toList();
  }
}
