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
 * Every clause of the ports, through Lettuce on every topology. Servers other than the machine's
 * own have the tag {@code other-servers}.
 */
class LettuceAdapterContractTest {

  @Nested
  class OneServer extends DeployedAdapterContract {
    OneServer() {
      super(STANDALONE, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class OneServerOnOldest extends DeployedAdapterContract {
    OneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("one-jdk")
  class TlsAndAcl extends DeployedAdapterContract {
    TlsAndAcl() {
      super(TLS_AND_ACL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class TlsAndAclOnOldest extends DeployedAdapterContract {
    TlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("one-jdk")
  class Sentinel extends DeployedAdapterContract {
    Sentinel() {
      super(SENTINEL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class SentinelOnOldest extends DeployedAdapterContract {
    SentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("one-jdk")
  class Cluster extends DeployedAdapterContract {
    Cluster() {
      super(CLUSTER, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class ClusterOnOldest extends DeployedAdapterContract {
    ClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class OneServerOnValkey extends DeployedAdapterContract {
    OneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class OneServerOnNewest extends DeployedAdapterContract {
    OneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-lettuce");
    }
  }
}
