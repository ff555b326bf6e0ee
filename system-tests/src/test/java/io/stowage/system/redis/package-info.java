/**
 * What depends on the Redis client: the same tests of connecting, failing and recovering for each.
 */
@NullMarked
package io.stowage.system.redis;

import org.jspecify.annotations.NullMarked;
