package io.stowage.adapter.redis.jedis;

import io.stowage.testkit.redis.RedisRelease;
import io.stowage.testkit.redis.RedisStorageContract;
import io.stowage.testkit.redis.Topology;

/** Every clause of {@code Storage} through Jedis, on one server. */
class JedisStorageContractTest extends RedisStorageContract {

  JedisStorageContractTest() {
    super(Topology.STANDALONE, RedisRelease.DETECTED, "redis-jedis");
  }
}
