/**
 * What the Redis adapters share: the layout of keys, the record format, the scripts and the driven
 * ports, all written once over {@link io.stowage.adapter.redis.common.RedisConnection}. An adapter
 * for another client implements that interface and extends {@link
 * io.stowage.adapter.redis.common.RedisAdapterProvider}.
 */
@NullMarked
package io.stowage.adapter.redis.common;

import org.jspecify.annotations.NullMarked;
