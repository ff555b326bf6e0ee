package io.stowage.adapter.redis.common;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the keys that match a pattern.
 *
 * @param keys keys; may be empty although more follow
 * @param next the cursor of the next part, or null if this is the last
 */
public record KeyPage(List<byte[]> keys, @Nullable String next) {}
