/** The Redis adapter over Jedis: one blocking connection of a pool for each batch. */
@NullMarked
package io.stowage.adapter.redis.jedis;

import org.jspecify.annotations.NullMarked;
