/**
 * What depends on the Redis client: the same tests of connecting, failing and recovering for each.
 */
@NullMarked
package io.stowage.testkit.redis;

import org.jspecify.annotations.NullMarked;
