package io.stowage.embedded.redis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** Starts a master with replicas that follow it by their configuration. */
final class ReplicatedServers {

  private ReplicatedServers() {}

  /** The master first. Returns when all replicas are in step. */
  static List<EmbeddedRedis> start(ServerTemplate template, int replicas) {
    List<EmbeddedRedis> started = new ArrayList<>();
    try {
      EmbeddedRedis master =
          template.startMember(ServerRole.member(Replication.LINES), PortChooser::choose);
      started.add(master);
      if (replicas > 0) {
        List<String> lines = new ArrayList<>(Replication.LINES);
        lines.add("replicaof " + Loopback.HOST + " " + master.port());
        ServerRole role = ServerRole.member(lines);
        Supplier<EmbeddedRedis> start = () -> template.startMember(role, PortChooser::choose);
        started.addAll(Members.start(Collections.nCopies(replicas, start)));
      }
      List<EmbeddedRedis> followers = started.subList(1, started.size());
      Await.until(
          template.startupTimeout(),
          "The replicas follow their master",
          () -> Replication.obstacle(master, followers));
      return List.copyOf(started);
    } catch (RuntimeException e) {
      Members.close(started, e);
      throw e;
    }
  }
}
