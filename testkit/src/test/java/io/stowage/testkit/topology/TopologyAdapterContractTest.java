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
 * Every clause of the ports, with both clients on every topology. Servers other than the machine's
 * own have the tag {@code other-servers}.
 */
class TopologyAdapterContractTest {

  @Nested
  class LettuceOneServer extends DeployedAdapterContract {
    LettuceOneServer() {
      super(STANDALONE, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceOneServerOnOldest extends DeployedAdapterContract {
    LettuceOneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  class LettuceTlsAndAcl extends DeployedAdapterContract {
    LettuceTlsAndAcl() {
      super(TLS_AND_ACL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceTlsAndAclOnOldest extends DeployedAdapterContract {
    LettuceTlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  class LettuceSentinel extends DeployedAdapterContract {
    LettuceSentinel() {
      super(SENTINEL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceSentinelOnOldest extends DeployedAdapterContract {
    LettuceSentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  class LettuceCluster extends DeployedAdapterContract {
    LettuceCluster() {
      super(CLUSTER, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceClusterOnOldest extends DeployedAdapterContract {
    LettuceClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceOneServerOnValkey extends DeployedAdapterContract {
    LettuceOneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class LettuceOneServerOnNewest extends DeployedAdapterContract {
    LettuceOneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-lettuce");
    }
  }

  @Nested
  class JedisOneServer extends DeployedAdapterContract {
    JedisOneServer() {
      super(STANDALONE, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisOneServerOnOldest extends DeployedAdapterContract {
    JedisOneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  class JedisTlsAndAcl extends DeployedAdapterContract {
    JedisTlsAndAcl() {
      super(TLS_AND_ACL, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisTlsAndAclOnOldest extends DeployedAdapterContract {
    JedisTlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  class JedisSentinel extends DeployedAdapterContract {
    JedisSentinel() {
      super(SENTINEL, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisSentinelOnOldest extends DeployedAdapterContract {
    JedisSentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  class JedisCluster extends DeployedAdapterContract {
    JedisCluster() {
      super(CLUSTER, REDIS_7_0, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisClusterOnOldest extends DeployedAdapterContract {
    JedisClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisOneServerOnValkey extends DeployedAdapterContract {
    JedisOneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-jedis");
    }
  }

  @Nested
  @Tag("other-servers")
  class JedisOneServerOnNewest extends DeployedAdapterContract {
    JedisOneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-jedis");
    }
  }
}
