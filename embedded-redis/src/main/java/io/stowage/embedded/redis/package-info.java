/**
 * Starts real {@code redis-server} processes for development and tests. {@link
 * io.stowage.embedded.redis.EmbeddedRedis} is one running server; {@link
 * io.stowage.embedded.redis.EmbeddedRedisCluster}, {@link
 * io.stowage.embedded.redis.EmbeddedSentinel} and {@link
 * io.stowage.embedded.redis.EmbeddedReplicaSet} are groups of them. {@link
 * io.stowage.embedded.redis.RedisBinary} is the executable they run, and {@link
 * io.stowage.embedded.redis.TlsMaterial} what they encrypt with. Tests look at them through a
 * {@link io.stowage.embedded.redis.RespConnection}.
 */
@NullMarked
package io.stowage.embedded.redis;

import org.jspecify.annotations.NullMarked;
