package io.stowage.adapter.redis.jedis;

import io.stowage.testkit.redis.RedisAdapterContract;
import io.stowage.testkit.redis.RedisRelease;
import io.stowage.testkit.redis.Topology;

/** Every clause of the ports through Jedis, on one server. */
class JedisAdapterContractTest extends RedisAdapterContract {

  JedisAdapterContractTest() {
    super(Topology.STANDALONE, RedisRelease.DETECTED, "redis-jedis");
  }
}
