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
 * Every clause of the ports through Lettuce, on each deployment but one server of the version that
 * is installed: the adapter's own module has that one.
 */
class LettuceAdapterDeploymentsTest {

  @Nested
  @Tag("one-jdk")
  class Cluster extends DeployedAdapterContract {
    Cluster() {
      super(CLUSTER, DETECTED, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class ClusterOnOldest extends DeployedAdapterContract {
    ClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class Sentinel extends DeployedAdapterContract {
    Sentinel() {
      super(SENTINEL, DETECTED, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class SentinelOnOldest extends DeployedAdapterContract {
    SentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class TlsAndAcl extends DeployedAdapterContract {
    TlsAndAcl() {
      super(TLS_AND_ACL, DETECTED, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class TlsAndAclOnOldest extends DeployedAdapterContract {
    TlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class OneServerOnOldest extends DeployedAdapterContract {
    OneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class OneServerOnValkey extends DeployedAdapterContract {
    OneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-lettuce");
    }
  }

  @Nested
  @Tag("full")
  @Tag("one-jdk")
  class OneServerOnNewest extends DeployedAdapterContract {
    OneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-lettuce");
    }
  }
}
