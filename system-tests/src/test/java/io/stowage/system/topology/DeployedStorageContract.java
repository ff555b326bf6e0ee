package io.stowage.system.topology;

import io.stowage.adapter.redis.common.RedisUri;
import io.stowage.adapter.redis.common.server.CommandRights;
import io.stowage.testkit.redis.RedisDeployment;
import io.stowage.testkit.redis.RedisRelease;
import io.stowage.testkit.redis.RedisStorageContract;
import io.stowage.testkit.redis.Topology;
import java.util.List;

/**
 * The contract of {@code Storage}, as a user who may do what the documentation asks for and no
 * more.
 */
abstract class DeployedStorageContract extends RedisStorageContract {

  DeployedStorageContract(Topology topology, RedisRelease release, String adapter) {
    super(topology, release, adapter);
  }

  @Override
  protected List<String> rights(Topology topology) {
    RedisUri.Topology connected =
        switch (topology) {
          case STANDALONE, TLS_AND_ACL -> RedisUri.Topology.STANDALONE;
          case SENTINEL -> RedisUri.Topology.SENTINEL;
          case CLUSTER -> RedisUri.Topology.CLUSTER;
        };
    return CommandRights.rules(RedisDeployment.KEY_PREFIX, connected);
  }
}
