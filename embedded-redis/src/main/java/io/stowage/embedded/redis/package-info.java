/**
 * Starts real {@code redis-server} processes for development and tests. {@link
 * io.stowage.embedded.redis.EmbeddedRedis} is one running server; {@link
 * io.stowage.embedded.redis.RedisBinary} is the executable it runs.
 */
@NullMarked
package io.stowage.embedded.redis;

import org.jspecify.annotations.NullMarked;
