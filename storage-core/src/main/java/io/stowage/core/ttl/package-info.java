/** The TTL policies that every platform has: none, absolute and sliding. */
@NullMarked
package io.stowage.core.ttl;

import org.jspecify.annotations.NullMarked;
