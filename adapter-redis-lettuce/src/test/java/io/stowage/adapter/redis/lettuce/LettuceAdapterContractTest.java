package io.stowage.adapter.redis.lettuce;

import io.stowage.testkit.redis.RedisAdapterContract;
import io.stowage.testkit.redis.RedisRelease;
import io.stowage.testkit.redis.Topology;

/** Every clause of the ports through Lettuce, on one server. */
class LettuceAdapterContractTest extends RedisAdapterContract {

  LettuceAdapterContractTest() {
    super(Topology.STANDALONE, RedisRelease.DETECTED, "redis-lettuce");
  }
}
