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
 * Every clause of {@code Storage}, through Lettuce on every topology. Servers other than the
 * machine's own have the tag {@code other-servers}; what makes no difference between JDKs has
 * {@code one-jdk}.
 */
class LettuceStorageContractTest {

  @Nested
  class OneServer extends DeployedStorageContract {
    OneServer() {
      super(STANDALONE, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class OneServerOnOldest extends DeployedStorageContract {
    OneServerOnOldest() {
      super(STANDALONE, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("one-jdk")
  class TlsAndAcl extends DeployedStorageContract {
    TlsAndAcl() {
      super(TLS_AND_ACL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class TlsAndAclOnOldest extends DeployedStorageContract {
    TlsAndAclOnOldest() {
      super(TLS_AND_ACL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("one-jdk")
  class Sentinel extends DeployedStorageContract {
    Sentinel() {
      super(SENTINEL, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class SentinelOnOldest extends DeployedStorageContract {
    SentinelOnOldest() {
      super(SENTINEL, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("one-jdk")
  class Cluster extends DeployedStorageContract {
    Cluster() {
      super(CLUSTER, REDIS_7_0, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class ClusterOnOldest extends DeployedStorageContract {
    ClusterOnOldest() {
      super(CLUSTER, REDIS_6_2, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class OneServerOnValkey extends DeployedStorageContract {
    OneServerOnValkey() {
      super(STANDALONE, VALKEY_8, "redis-lettuce");
    }
  }

  @Nested
  @Tag("other-servers")
  class OneServerOnNewest extends DeployedStorageContract {
    OneServerOnNewest() {
      super(STANDALONE, REDIS_8, "redis-lettuce");
    }
  }
}
