/**
 * The contracts on real Redis servers that are started for them. An adapter for one more Redis
 * client extends {@link io.stowage.testkit.redis.RedisAdapterContract} and {@link
 * io.stowage.testkit.redis.RedisStorageContract} once for each deployment that it supports.
 */
@NullMarked
package io.stowage.testkit.redis;

import org.jspecify.annotations.NullMarked;
