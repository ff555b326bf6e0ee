package io.stowage.embedded.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A master and its replicas of one's own on 127.0.0.1, for development and tests: by default two
 * replicas. Each can be killed, frozen and restarted by itself. Nobody watches them: who is master
 * changes by {@link #failOver} only. Safe for use by many threads.
 */
public final class EmbeddedReplicaSet implements AutoCloseable {

  private final ServerTemplate template;
  private final List<EmbeddedRedis> members;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile EmbeddedRedis master;

  private EmbeddedReplicaSet(ServerTemplate template, List<EmbeddedRedis> members) {
    this.template = template;
    this.members = members;
    this.master = members.get(0);
  }

  /**
   * Starts a master and two replicas with the server that {@link RedisBinary#detect} finds, on free
   * ports, without persistence.
   *
   * @throws EmbeddedRedisException if there is no server to run or the replicas do not follow
   */
  public static EmbeddedReplicaSet start() {
    return builder().start();
  }

  /** For a set of another size, with TLS, users or another executable. */
  public static Builder builder() {
    return new Builder();
  }

  /** The URI of the master, as {@link EmbeddedRedis#uri()} gives it. */
  public String uri() {
    return master.uri();
  }

  /**
   * The URI of the master for a user that was given to the builder.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public String uri(String user) {
    return master.uri(user);
  }

  /** All servers, also those that do not run; the first master comes first. */
  public List<EmbeddedRedis> members() {
    return members;
  }

  /** The master, also if it does not run. */
  public EmbeddedRedis master() {
    return master;
  }

  /** All servers but the master, also those that do not run. */
  public List<EmbeddedRedis> replicas() {
    EmbeddedRedis current = master;
    return members.stream().filter(member -> member != current).toList();
  }

  /**
   * Waits until the master serves and every replica that serves is linked to it and in step.
   *
   * @throws EmbeddedRedisException if they are not within {@code limit}; the message says why
   */
  public void awaitStable(Duration limit) {
    Await.until(
        limit,
        "The replicas follow their master",
        () -> {
          EmbeddedRedis current = master;
          return Replication.obstacle(
              current,
              members.stream().filter(member -> member != current && member.isServing()).toList());
        });
  }

  /**
   * Makes a replica the master and returns when all that serve follow it. A master that serves
   * hands over in order, without losing a write; one that was killed becomes a replica when it is
   * restarted. Does nothing to the master. {@link Builder#startupTimeout} limits it.
   *
   * @throws EmbeddedRedisException if it is not done in time
   * @throws IllegalStateException if the replica does not serve, or if any other member is frozen,
   *     because it could not be told: thaw or kill it first
   */
  public void failOver(EmbeddedRedis replica) {
    changing.lock();
    try {
      if (!members.contains(replica)) {
        throw new IllegalArgumentException(replica + " is no member of this set");
      }
      if (!replica.isServing()) {
        throw new IllegalStateException(replica + " does not serve and cannot become master");
      }
      if (members.stream().anyMatch(EmbeddedRedis::isFrozen)) {
        throw new IllegalStateException("A frozen member cannot be told; thaw or kill it first");
      }
      if (replica != master) {
        promote(replica);
      }
    } finally {
      changing.unlock();
    }
    awaitStable(template.startupTimeout());
  }

  private void promote(EmbeddedRedis replica) {
    String port = String.valueOf(replica.port());
    EmbeddedRedis former = master;
    if (former.isServing()) {
      String limit = String.valueOf(template.startupTimeout().toMillis());
      former.command("FAILOVER", "TO", Loopback.HOST, port, "TIMEOUT", limit);
      Await.until(
          template.startupTimeout(),
          former.address() + " hands over to " + replica.address(),
          () -> Replication.of(replica).isMaster() ? null : "it is no master yet");
    } else {
      replica.command("REPLICAOF", "NO", "ONE");
    }
    master = replica;
    for (EmbeddedRedis member : members) {
      if (!member.isServing()) {
        member.configuration().follow(replica.port());
      } else {
        if (member != replica) {
          member.command("REPLICAOF", Loopback.HOST, port);
        }
        member.command("CONFIG", "REWRITE");
      }
    }
  }

  /** Ends all servers at once. Does nothing the second time. */
  @Override
  public void close() {
    Members.close(members);
  }

  /** Addresses and states, without passwords. */
  @Override
  public String toString() {
    return "EmbeddedReplicaSet[master " + master + ", replicas " + replicas() + "]";
  }

  /** Settings of a replica set to start. */
  public static final class Builder extends GroupBuilder<Builder> {

    private static final int MOST = 100;

    private int replicas = 2;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** How many replicas the master has, 0 to 100; 2 if unset. */
    public Builder replicas(int count) {
      this.replicas = requireBetween("replicas", 0, MOST, count);
      return this;
    }

    /**
     * Starts all servers and returns when the replicas are in step.
     *
     * @throws EmbeddedRedisException if there is no server to run or the replicas do not follow in
     *     time
     */
    public EmbeddedReplicaSet start() {
      ServerTemplate template = template();
      return new EmbeddedReplicaSet(template, ReplicatedServers.start(template, replicas));
    }
  }
}
