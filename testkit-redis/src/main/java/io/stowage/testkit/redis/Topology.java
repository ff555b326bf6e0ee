package io.stowage.testkit.redis;

import io.stowage.api.Durability;
import io.stowage.api.TlsSettings;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.embedded.redis.TlsMaterial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How servers are arranged. */
public enum Topology {
  /** One server without a password. */
  STANDALONE {
    @Override
    public RedisDeployment start(RedisBinary binary, List<String> rights) {
      EmbeddedRedis redis = EmbeddedRedis.builder().binary(binary).start();
      return new RedisDeployment(redis.uri(), TlsSettings.defaults(), redis::close);
    }
  },

  /** One server with mutual TLS, and a user of the given rights. */
  TLS_AND_ACL {
    @Override
    public RedisDeployment start(RedisBinary binary, List<String> rights) {
      TlsMaterial material = TlsMaterial.generate();
      try {
        EmbeddedRedis redis =
            EmbeddedRedis.builder()
                .binary(binary)
                .mutualTls(material)
                .user(USER, PASSWORD, rights.toArray(String[]::new))
                .defaultUserOff()
                .start();
        TlsSettings tls =
            TlsSettings.defaults()
                .trusting(material.authority())
                .presenting(material.clientCertificate(), material.clientKey());
        return new RedisDeployment(redis.uri(USER), tls, () -> close(redis, material));
      } catch (RuntimeException e) {
        material.close();
        throw e;
      }
    }
  },

  /** A master with replicas and three Sentinels, and a user of the given rights. */
  SENTINEL {
    @Override
    public RedisDeployment start(RedisBinary binary, List<String> rights) {
      EmbeddedSentinel group =
          EmbeddedSentinel.builder()
              .binary(binary)
              .downAfter(SILENCE)
              .user(USER, PASSWORD, rights.toArray(String[]::new))
              .start();
      return new RedisDeployment(group.uri(USER), TlsSettings.defaults(), group::close);
    }
  },

  /** Three masters with a replica each, and a user of the given rights. */
  CLUSTER {
    @Override
    public RedisDeployment start(RedisBinary binary, List<String> rights) {
      EmbeddedRedisCluster cluster =
          EmbeddedRedisCluster.builder()
              .binary(binary)
              .nodeTimeout(SILENCE)
              .user(USER, PASSWORD, rights.toArray(String[]::new))
              .start();
      return new RedisDeployment(cluster.uri(USER), TlsSettings.defaults(), cluster::close);
    }
  };

  /** Longer than any pause of a busy machine: no member is replaced. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final String USER = "app";
  private static final String PASSWORD = "s3cret/@:";

  /**
   * Starts servers; they run until the deployment is closed.
   *
   * @param rights what the user of the tests may do, as rules of {@code ACL SETUSER}; one server
   *     without TLS has no user
   */
  public abstract RedisDeployment start(RedisBinary binary, List<String> rights);

  /** What the replicas of this topology confirm at any time. */
  public Optional<Durability> reachableDurability() {
    return this == SENTINEL || this == CLUSTER
        ? Optional.of(Durability.replicas(1, Duration.ofSeconds(20)))
        : Optional.empty();
  }

  private static void close(EmbeddedRedis redis, TlsMaterial material) {
    try (material) {
      redis.close();
    }
  }
}
