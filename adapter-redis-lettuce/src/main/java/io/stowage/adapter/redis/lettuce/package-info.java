/** The Redis adapter over Lettuce: one multiplexed connection for all threads. */
@NullMarked
package io.stowage.adapter.redis.lettuce;

import org.jspecify.annotations.NullMarked;
