package io.stowage.adapter.redis.common.topology;

import io.stowage.adapter.redis.common.KeyPage;
import io.stowage.adapter.redis.common.RedisConnection;

/** A walk over all keys of a deployment; see {@link RedisConnection#scan}. */
interface Scan {

  KeyPage next(String position, byte[] pattern, int count, Deadline deadline);
}
