package io.stowage.adapter.redis.lettuce;

import io.stowage.testkit.redis.RedisRelease;
import io.stowage.testkit.redis.RedisStorageContract;
import io.stowage.testkit.redis.Topology;

/** Every clause of {@code Storage} through Lettuce, on one server. */
class LettuceStorageContractTest extends RedisStorageContract {

  LettuceStorageContractTest() {
    super(Topology.STANDALONE, RedisRelease.DETECTED, "redis-lettuce");
  }
}
