package io.stowage.testkit.topology;

import static io.stowage.testkit.topology.Server.REDIS_6_2;
import static io.stowage.testkit.topology.Server.REDIS_7_0;
import static io.stowage.testkit.topology.Server.REDIS_8;
import static io.stowage.testkit.topology.Server.VALKEY_8;
import static io.stowage.testkit.topology.Topology.CLUSTER;
import static io.stowage.testkit.topology.Topology.SENTINEL;
import static io.stowage.testkit.topology.Topology.STANDALONE;
import static io.stowage.testkit.topology.Topology.TLS_AND_ACL;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * Every clause of {@code Storage}, with both clients on every topology. Servers other than the
 * machine's own have the tag {@code other-servers}.
 */
class TopologyStorageContractTest {

  @Nested
  class LettuceOneServer extends DeployedStorageContract {
    LettuceOneServer() {
      super(STANDALONE, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceOneServerOnOldest extends DeployedStorageContract {
    LettuceOneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  class LettuceTlsAndAcl extends DeployedStorageContract {
    LettuceTlsAndAcl() {
      super(TLS_AND_ACL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceTlsAndAclOnOldest extends DeployedStorageContract {
    LettuceTlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  class LettuceSentinel extends DeployedStorageContract {
    LettuceSentinel() {
      super(SENTINEL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceSentinelOnOldest extends DeployedStorageContract {
    LettuceSentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  class LettuceCluster extends DeployedStorageContract {
    LettuceCluster() {
      super(CLUSTER, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceClusterOnOldest extends DeployedStorageContract {
    LettuceClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceOneServerOnValkey extends DeployedStorageContract {
    LettuceOneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceOneServerOnNewest extends DeployedStorageContract {
    LettuceOneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-lettuce");
    }
  }

  @Nested
  class JedisOneServer extends DeployedStorageContract {
    JedisOneServer() {
      super(STANDALONE, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisOneServerOnOldest extends DeployedStorageContract {
    JedisOneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  class JedisTlsAndAcl extends DeployedStorageContract {
    JedisTlsAndAcl() {
      super(TLS_AND_ACL, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisTlsAndAclOnOldest extends DeployedStorageContract {
    JedisTlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  class JedisSentinel extends DeployedStorageContract {
    JedisSentinel() {
      super(SENTINEL, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisSentinelOnOldest extends DeployedStorageContract {
    JedisSentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  class JedisCluster extends DeployedStorageContract {
    JedisCluster() {
      super(CLUSTER, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisClusterOnOldest extends DeployedStorageContract {
    JedisClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisOneServerOnValkey extends DeployedStorageContract {
    JedisOneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisOneServerOnNewest extends DeployedStorageContract {
    JedisOneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-jedis");
    }
  }
}
