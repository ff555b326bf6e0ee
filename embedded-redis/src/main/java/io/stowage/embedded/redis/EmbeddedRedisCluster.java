package io.stowage.embedded.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A Redis Cluster of one's own on 127.0.0.1, for development and tests: by default three masters
 * with one replica each. Each member can be killed, frozen and restarted by itself, and finds its
 * way back into the Cluster.
 *
 * <p>Who is master and who is replica is asked of the members that serve, each time: one or two
 * short commands to every member. Safe for use by many threads.
 */
public final class EmbeddedRedisCluster implements AutoCloseable {

  /** How long the masters may take to agree on a failover before it is asked for again. */
  private static final Duration FAILOVER_PATIENCE = Duration.ofSeconds(6);

  private static final Duration PING_PATIENCE = Duration.ofMillis(500);

  private final ServerTemplate template;
  private final ClusterTopology topology;

  private EmbeddedRedisCluster(ServerTemplate template, ClusterTopology topology) {
    this.template = template;
    this.topology = topology;
  }

  /**
   * Starts three masters and three replicas with the server that {@link RedisBinary#detect} finds,
   * on free ports, without persistence.
   *
   * @throws EmbeddedRedisException if there is no server to run or the Cluster does not get ready
   */
  public static EmbeddedRedisCluster start() {
    return builder().start();
  }

  /** For a Cluster of another size, with TLS, users or another executable. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@code redis-cluster://127.0.0.1:PORT,127.0.0.1:PORT,...} with all members, or {@code
   * rediss-cluster:} with TLS. It has the password of the default user in it if there is one; with
   * the default user off, name and password of the first other.
   */
  public String uri() {
    Credentials client = template.access().client();
    return withUserInfo(client == null ? "" : client.userInfo());
  }

  /**
   * The same for a user that was given to the builder.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String uri(String user) {
    return withUserInfo(template.access().user(user).userInfo());
  }

  private String withUserInfo(String userInfo) {
    return template.scheme("-cluster")
        + userInfo
        + members().stream().map(EmbeddedRedis::address).collect(Collectors.joining(","));
  }

  /** All members, also those that do not run; the first masters come first. */
  public List<EmbeddedRedis> members() {
    return topology.members();
  }

  /** The members that serve and are masters now, also of no slot. */
  public List<EmbeddedRedis> masters() {
    return asked(topology::masters);
  }

  /** The members that serve and are replicas now. */
  public List<EmbeddedRedis> replicas() {
    return asked(
        () ->
            topology.selves().entrySet().stream()
                .filter(entry -> !entry.getValue().isMaster())
                .map(Map.Entry::getKey)
                .toList());
  }

  /** The members that serve and are replicas of {@code master}, which may be dead. */
  public List<EmbeddedRedis> replicasOf(EmbeddedRedis master) {
    String id = topology.id(master);
    return asked(() -> ClusterTopology.replicasOf(id, topology.selves()));
  }

  /**
   * The first of {@link #replicasOf}.
   *
   * @throws IllegalStateException if none serves
   */
  public EmbeddedRedis replicaOf(EmbeddedRedis master) {
    return replicasOf(master).stream()
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(master + " has no replica that serves"));
  }

  /**
   * The master that serves a slot, 0 to 16383.
   *
   * @throws IllegalStateException if none does now
   */
  public EmbeddedRedis masterOf(int slot) {
    requireSlot(slot);
    return asked(() -> topology.owner(slot))
        .orElseThrow(() -> new IllegalStateException("No master serves slot " + slot));
  }

  /**
   * The master that serves a key.
   *
   * @throws IllegalStateException if none does now
   */
  public EmbeddedRedis masterOf(String key) {
    return masterOf(slotOf(key));
  }

  /** The slot of a key, 0 to 16383. */
  public int slotOf(String key) {
    EmbeddedRedis any =
        topology.serving().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("No member of the Cluster serves"));
    return Integer.parseInt(any.command("CLUSTER", "KEYSLOT", key));
  }

  /**
   * Waits until the members that serve are one whole Cluster: all slots are served, no slot is
   * being moved, all see the same, and every replica is linked to its master and in step.
   *
   * @throws EmbeddedRedisException if they are not within {@code limit}; the message says why
   */
  public void awaitStable(Duration limit) {
    Await.until(limit, "The Cluster is stable", topology::obstacle);
  }

  /**
   * Makes a replica the master of its group and returns when the Cluster is stable with it. A
   * master that answers hands over in order, without losing a write; one that does not is replaced
   * without being asked. Does nothing to a master. Takes a few seconds at most; {@link
   * Builder#startupTimeout} limits it.
   *
   * @throws EmbeddedRedisException if it is not done in time
   * @throws IllegalStateException if the replica does not serve
   */
  public void failOver(EmbeddedRedis replica) {
    topology.id(replica);
    if (!replica.isServing()) {
      throw new IllegalStateException(replica + " does not serve and cannot become master");
    }
    long[] askedAt = {System.nanoTime() - FAILOVER_PATIENCE.toNanos()};
    Await.until(
        template.startupTimeout(),
        "Failover to " + replica.address(),
        () -> {
          ClusterNode self = topology.self(replica);
          String masterId = self.masterId();
          if (masterId == null) {
            return topology.obstacle();
          }
          if (System.nanoTime() - askedAt[0] >= FAILOVER_PATIENCE.toNanos()) {
            if (topology.member(masterId).filter(EmbeddedRedisCluster::answers).isPresent()) {
              replica.ask("CLUSTER", "FAILOVER");
            } else {
              replica.ask("CLUSTER", "FAILOVER", "FORCE");
            }
            askedAt[0] = System.nanoTime();
          }
          return replica.address() + " is no master yet";
        });
  }

  private static boolean answers(EmbeddedRedis server) {
    if (!server.isServing()) {
      return false;
    }
    try (RespConnection connection = server.connect(PING_PATIENCE)) {
      return connection.ask("PING").equals("PONG");
    } catch (IOException e) {
      return false; // which is what was asked
    }
  }

  /**
   * Moves a slot with its keys to another master, while clients go on using it, and returns when
   * all masters know. Does nothing if it is there already.
   *
   * @throws EmbeddedRedisException if a master does not answer or refuses
   * @throws IllegalStateException if no master serves the slot
   */
  public void moveSlot(int slot, EmbeddedRedis target) {
    topology.id(target);
    if (masterOf(slot) != target) {
      beginSlotMove(slot, target).finish();
    }
  }

  /**
   * Begins to move a slot: no key is moved yet, and the slot's master answers {@code ASK} for keys
   * that it does not have.
   *
   * @throws EmbeddedRedisException if a master does not answer or refuses
   * @throws IllegalArgumentException if the slot is the target's already
   * @throws IllegalStateException if no master serves the slot
   */
  public SlotMove beginSlotMove(int slot, EmbeddedRedis target) {
    topology.id(target);
    EmbeddedRedis source = masterOf(slot);
    if (source == target) {
      throw new IllegalArgumentException("Slot " + slot + " is on " + target + " already");
    }
    return SlotMove.begin(topology, slot, source, target);
  }

  private static void requireSlot(int slot) {
    ServerBuilder.requireBetween("slot", 0, ClusterTopology.SLOTS - 1, slot);
  }

  /** What a question to the members returns. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new EmbeddedRedisException("A member of the Cluster does not answer: " + e, e);
    }
  }

  /** Ends all members at once. Does nothing the second time. */
  @Override
  public void close() {
    Members.close(members());
  }

  /** Addresses and states, without passwords. */
  @Override
  public String toString() {
    return "EmbeddedRedisCluster" + members();
  }

  /** Settings of a Cluster to start. */
  public static final class Builder extends GroupBuilder<Builder> {

    private static final int MOST = 100;

    private int masters = 3;
    private int replicasPerMaster = 1;
    private Duration nodeTimeout = Duration.ofSeconds(1);

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * How many masters share the slots, 1 to 100; 3 if unset. With fewer than 3 no replica takes
     * over by itself, because it needs the votes of most masters.
     */
    public Builder masters(int count) {
      this.masters = requireBetween("masters", 1, MOST, count);
      return this;
    }

    /** How many replicas each master has, 0 to 100; 1 if unset. */
    public Builder replicasPerMaster(int count) {
      this.replicasPerMaster = requireBetween("replicasPerMaster", 0, MOST, count);
      return this;
    }

    /**
     * How long a master may be silent until it is replaced, and then about one to two seconds more;
     * 1 second if unset. A test that wants no failover by itself, whatever the machine does, sets
     * minutes.
     */
    public Builder nodeTimeout(Duration timeout) {
      this.nodeTimeout = requirePositive("nodeTimeout", timeout);
      return this;
    }

    /**
     * Starts the members and returns when all slots are served and all replicas are in step.
     *
     * @throws EmbeddedRedisException if there is no server to run or the Cluster does not get ready
     *     in time
     */
    public EmbeddedRedisCluster start() {
      ServerTemplate template = template();
      List<String> lines =
          new ArrayList<>(
              List.of(
                  "cluster-enabled yes",
                  "cluster-config-file nodes.conf",
                  "cluster-node-timeout " + nodeTimeout.toMillis(),
                  "cluster-announce-ip " + Loopback.HOST));
      lines.addAll(Replication.LINES);
      ServerRole role = ServerRole.member(lines);
      Supplier<EmbeddedRedis> start =
          () -> template.startMember(role, PortChooser::chooseForCluster);
      List<EmbeddedRedis> members =
          Members.start(Collections.nCopies(masters * (1 + replicasPerMaster), start));
      try {
        return new EmbeddedRedisCluster(
            template,
            new ClusterFormation(members, masters, nodeTimeout, template.startupTimeout()).form());
      } catch (RuntimeException e) {
        Members.close(members, e);
        throw e;
      }
    }
  }
}
