package io.stowage.embedded.redis;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How servers see themselves as masters and replicas: {@code INFO replication}. */
final class Replication {

  /**
   * For replicas that can follow a new master at once and are not given up while one is busy, so
   * that a group is ready in a moment.
   */
  static final List<String> LINES =
      List.of(
          "repl-diskless-sync yes",
          "repl-diskless-sync-delay 0",
          "repl-ping-replica-period 1",
          "replica-announce-ip " + Loopback.HOST);

  private final EmbeddedRedis server;
  private final Map<String, String> fields;

  private Replication(EmbeddedRedis server, Map<String, String> fields) {
    this.server = server;
    this.fields = fields;
  }

  static Replication of(EmbeddedRedis server) throws IOException {
    Map<String, String> fields = new HashMap<>();
    server
        .ask("INFO", "replication")
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1));
              }
            });
    return new Replication(server, fields);
  }

  boolean isMaster() {
    return "master".equals(fields.get("role"));
  }

  /** What keeps this replica from having all that the master has; null if nothing does. */
  @Nullable String obstacleTo(Replication master) {
    if (isMaster()) {
      return server.address() + " is no replica yet";
    }
    if (!String.valueOf(master.server.port()).equals(fields.get("master_port"))) {
      return server.address() + " follows another master than " + master.server.address();
    }
    if (!"up".equals(fields.get("master_link_status"))
        || !"0".equals(fields.get("master_sync_in_progress"))) {
      return server.address() + " is not linked to its master";
    }
    String me = "port=" + server.port() + ",state=online,";
    if (master.fields.entrySet().stream()
        .noneMatch(field -> field.getKey().startsWith("slave") && field.getValue().contains(me))) {
      return master.server.address() + " does not count on its replica " + server.address();
    }
    return null;
  }

  /** What keeps a master and its replicas from being one group; null if nothing does. */
  static @Nullable String obstacle(EmbeddedRedis master, List<EmbeddedRedis> replicas)
      throws IOException {
    Replication source = of(master);
    if (!source.isMaster()) {
      return master.address() + " is no master yet";
    }
    for (EmbeddedRedis replica : replicas) {
      String obstacle = of(replica).obstacleTo(source);
      if (obstacle != null) {
        return obstacle;
      }
    }
    return null;
  }
}
