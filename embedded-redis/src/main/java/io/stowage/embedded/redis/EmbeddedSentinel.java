package io.stowage.embedded.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A master, its replicas and the Sentinels that watch them, of one's own on 127.0.0.1, for
 * development and tests: by default two replicas and three Sentinels. Each of them can be killed,
 * frozen and restarted by itself. A server that was master and comes back is made a replica by the
 * Sentinels, which takes them about ten seconds.
 *
 * <p>Who is master is asked of the Sentinels each time. Safe for use by many threads.
 */
public final class EmbeddedSentinel implements AutoCloseable {

  private final ServerTemplate template;
  private final SentinelGroup group;

  private EmbeddedSentinel(ServerTemplate template, SentinelGroup group) {
    this.template = template;
    this.group = group;
  }

  /**
   * Starts a master, two replicas and three Sentinels with the server that {@link
   * RedisBinary#detect} finds, on free ports, without persistence.
   *
   * @throws EmbeddedRedisException if there is no server to run or the group does not get ready
   */
  public static EmbeddedSentinel start() {
    return builder().start();
  }

  /** For a group of another size, with TLS, users or another executable. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * {@code redis-sentinel://127.0.0.1:PORT,127.0.0.1:PORT,.../NAME} with all Sentinels, or {@code
   * rediss-sentinel:} with TLS. It has the password of the default user of the data servers in it
   * if there is one; with the default user off, name and password of the first other.
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
    return template.scheme("-sentinel")
        + userInfo
        + sentinels().stream().map(EmbeddedRedis::address).collect(Collectors.joining(","))
        + "/"
        + masterName();
  }

  /** The name by which the Sentinels know the master. */
  public String masterName() {
    return group.name();
  }

  /** The servers that hold data, also those that do not run; the first master comes first. */
  public List<EmbeddedRedis> members() {
    return group.members();
  }

  /** The Sentinels, also those that do not run. */
  public List<EmbeddedRedis> sentinels() {
    return group.sentinels();
  }

  /**
   * The member that most Sentinels take for the master, whether it serves or not.
   *
   * @throws EmbeddedRedisException if no Sentinel answers
   */
  public EmbeddedRedis master() {
    try {
      return group.master();
    } catch (IOException e) {
      throw new EmbeddedRedisException("The Sentinels do not say who is master: " + e, e);
    }
  }

  /** All members but the master, also those that do not run. */
  public List<EmbeddedRedis> replicas() {
    EmbeddedRedis master = master();
    return members().stream().filter(member -> member != master).toList();
  }

  /**
   * Waits until the members and Sentinels that serve are one group: the Sentinels agree on a master
   * that serves and know each other and all replicas, and every replica is linked to the master and
   * in step.
   *
   * @throws EmbeddedRedisException if they are not within {@code limit}; the message says why
   */
  public void awaitStable(Duration limit) {
    Await.until(limit, "The Sentinels' group is stable", group::obstacle);
  }

  /**
   * Has the Sentinels replace the master, dead or alive, and returns when the group is stable with
   * the new one. A former master that serves becomes its replica; writes that it has not handed on
   * by then are lost. Takes a few seconds; {@link Builder#startupTimeout} limits it.
   *
   * @return the new master
   * @throws EmbeddedRedisException if it is not done in time
   */
  public EmbeddedRedis failOver() {
    return group.failOver(template.startupTimeout());
  }

  /** Ends all servers at once. Does nothing the second time. */
  @Override
  public void close() {
    Members.close(group.all());
  }

  /** Addresses and states, without passwords. */
  @Override
  public String toString() {
    return "EmbeddedSentinel[" + members() + ", watched by " + sentinels() + "]";
  }

  /** Settings of a group to start. Users and {@code setting} are for the servers with data. */
  public static final class Builder extends GroupBuilder<Builder> {

    private static final int MOST = 100;
    private static final Pattern MASTER_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private static final Pattern SENTINEL_PASSWORD = Pattern.compile("[!-~&&[^\"'\\\\]]+");

    private String masterName = "mymaster";
    private int replicas = 2;
    private int sentinels = 3;
    private Duration downAfter = Duration.ofSeconds(1);
    private @Nullable String sentinelPassword;

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /** By what name the Sentinels know the master; {@code mymaster} if unset. */
    public Builder masterName(String name) {
      if (!MASTER_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "masterName is '" + name + "'; letters, digits and ._- are allowed");
      }
      this.masterName = name;
      return this;
    }

    /** How many replicas the master has, 0 to 100; 2 if unset. */
    public Builder replicas(int count) {
      this.replicas = requireBetween("replicas", 0, MOST, count);
      return this;
    }

    /** How many Sentinels there are, 1 to 100; 3 if unset. Most of them must agree. */
    public Builder sentinels(int count) {
      this.sentinels = requireBetween("sentinels", 1, MOST, count);
      return this;
    }

    /**
     * How long the master may be silent until it is replaced; 1 second if unset. A test that wants
     * no failover by itself, whatever the machine does, sets minutes.
     */
    public Builder downAfter(Duration silence) {
      this.downAfter = requirePositive("downAfter", silence);
      return this;
    }

    /**
     * The password that the Sentinels themselves ask for; none if unset. Printable ASCII without
     * blanks, quotes and backslashes, because Sentinels cannot read others back after a restart.
     */
    public Builder sentinelPassword(String secret) {
      if (!SENTINEL_PASSWORD.matcher(secret).matches()) {
        throw new IllegalArgumentException(
            "sentinelPassword is empty or has a character that is not allowed: a blank, a quote,"
                + " a backslash or one beyond ASCII");
      }
      this.sentinelPassword = secret;
      return this;
    }

    /**
     * Starts all servers and returns when the Sentinels know each other and all replicas.
     *
     * @throws EmbeddedRedisException if there is no server to run or the group does not get ready
     *     in time
     */
    public EmbeddedSentinel start() {
      ServerTemplate template = template();
      List<EmbeddedRedis> started = new ArrayList<>();
      try {
        List<EmbeddedRedis> members = ReplicatedServers.start(template, replicas);
        started.addAll(members);
        ServerTemplate watching =
            template.withoutSettings().withAccess(Access.of(sentinelPassword, false, List.of()));
        ServerRole role = ServerRole.sentinel(sentinelLines(template, members.get(0).port()));
        Supplier<EmbeddedRedis> start = () -> watching.startMember(role, PortChooser::choose);
        List<EmbeddedRedis> watchers = Members.start(Collections.nCopies(sentinels, start));
        started.addAll(watchers);
        EmbeddedSentinel sentinel =
            new EmbeddedSentinel(template, new SentinelGroup(masterName, members, watchers));
        sentinel.awaitStable(template.startupTimeout());
        return sentinel;
      } catch (RuntimeException e) {
        Members.close(started, e);
        throw e;
      }
    }

    private List<String> sentinelLines(ServerTemplate template, int port) {
      List<String> lines = new ArrayList<>();
      String quorum = String.valueOf(sentinels / 2 + 1);
      lines.add("sentinel monitor %s %s %d %s".formatted(masterName, Loopback.HOST, port, quorum));
      lines.add(option("down-after-milliseconds", String.valueOf(downAfter.toMillis())));
      lines.add(option("failover-timeout", String.valueOf(downAfter.toMillis() * 3)));
      lines.add(option("parallel-syncs", String.valueOf(Math.max(1, replicas))));
      Credentials internal = template.access().internal();
      if (internal != null) {
        if (internal.user() != null) {
          lines.add(option("auth-user", internal.user()));
        }
        lines.add(option("auth-pass", internal.password()));
      }
      if (sentinelPassword != null) {
        lines.add("sentinel sentinel-pass " + sentinelPassword);
      }
      return lines;
    }

    private String option(String name, String value) {
      return "sentinel " + name + " " + masterName + " " + value;
    }
  }
}
