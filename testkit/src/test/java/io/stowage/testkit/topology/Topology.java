package io.stowage.testkit.topology;

import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.api.Durability;
import io.stowage.api.TlsSettings;
import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.embedded.redis.RedisBinary;
import io.stowage.embedded.redis.TlsMaterial;
import java.time.Duration;
import java.util.Optional;

/** How servers are arranged. */
enum Topology {
  STANDALONE {
    @Override
    Deployment start(RedisBinary binary) {
      EmbeddedRedis redis = EmbeddedRedis.builder().binary(binary).start();
      return new Deployment(redis.uri(), TlsSettings.defaults(), redis::close);
    }
  },

  /** Mutual TLS, and a user who may do what the documentation says and nothing else. */
  TLS_AND_ACL {
    @Override
    Deployment start(RedisBinary binary) {
      TlsMaterial material = TlsMaterial.generate();
      try {
        EmbeddedRedis redis =
            EmbeddedRedis.builder()
                .binary(binary)
                .mutualTls(material)
                .user(USER, PASSWORD, LeastRights.on(RedisUri.Topology.STANDALONE))
                .defaultUserOff()
                .start();
        TlsSettings tls =
            TlsSettings.defaults()
                .trusting(material.authority())
                .presenting(material.clientCertificate(), material.clientKey());
        return new Deployment(redis.uri(USER), tls, () -> close(redis, material));
      } catch (RuntimeException e) {
        material.close();
        throw e;
      }
    }
  },

  SENTINEL {
    @Override
    Deployment start(RedisBinary binary) {
      EmbeddedSentinel group =
          EmbeddedSentinel.builder()
              .binary(binary)
              .downAfter(SILENCE)
              .user(USER, PASSWORD, LeastRights.on(RedisUri.Topology.SENTINEL))
              .start();
      return new Deployment(group.uri(USER), TlsSettings.defaults(), group::close);
    }
  },

  CLUSTER {
    @Override
    Deployment start(RedisBinary binary) {
      EmbeddedRedisCluster cluster =
          EmbeddedRedisCluster.builder()
              .binary(binary)
              .nodeTimeout(SILENCE)
              .user(USER, PASSWORD, LeastRights.on(RedisUri.Topology.CLUSTER))
              .start();
      return new Deployment(cluster.uri(USER), TlsSettings.defaults(), cluster::close);
    }
  };

  /** Longer than any pause of a busy machine: no member is replaced. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private static final String USER = "app";
  private static final String PASSWORD = "s3cret/@:";

  /** Starts servers; they run until the deployment is closed. */
  abstract Deployment start(RedisBinary binary);

  /** What the replicas of this topology confirm at any time. */
  Optional<Durability> reachableDurability() {
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
