package io.stowage.system.topology;

import static io.stowage.testkit.redis.RedisRelease.DETECTED;
import static io.stowage.testkit.redis.RedisRelease.REDIS_6_2;
import static io.stowage.testkit.redis.RedisRelease.REDIS_8;
import static io.stowage.testkit.redis.RedisRelease.VALKEY_8;
import static io.stowage.testkit.redis.Topology.CLUSTER;
import static io.stowage.testkit.redis.Topology.SENTINEL;
import static io.stowage.testkit.redis.Topology.STANDALONE;
import static io.stowage.testkit.redis.Topology.TLS_AND_ACL;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Every clause of {@code Storage} through Jedis, on each deployment but one server of the version
 * that is installed: the adapter's own module has that one.
 */
class JedisStorageDeploymentsTest {

  @Nested
  @Tag("one-jdk")
  class Cluster extends DeployedStorageContract {
    Cluster() {
      super(CLUSTER, DETECTED, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class ClusterOnOldest extends DeployedStorageContract {
    ClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class Sentinel extends DeployedStorageContract {
    Sentinel() {
      super(SENTINEL, DETECTED, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class SentinelOnOldest extends DeployedStorageContract {
    SentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class TlsAndAcl extends DeployedStorageContract {
    TlsAndAcl() {
      super(TLS_AND_ACL, DETECTED, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class TlsAndAclOnOldest extends DeployedStorageContract {
    TlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class OneServerOnOldest extends DeployedStorageContract {
    OneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class OneServerOnValkey extends DeployedStorageContract {
    OneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-jedis");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class OneServerOnNewest extends DeployedStorageContract {
    OneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-jedis");
    }
  }
}
