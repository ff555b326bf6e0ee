package io.stowage.spi;

import org.jspecify.annotations.Nullable;

/**
 * A request to read entries of one range in order.
 *
 * @param range the range
 * @param direction the direction in which to read
 * @param after read only what comes after this place in the direction (whether or not an entry is
 *     there); null to begin at the first
 * @param limit how many entries at most; 1 or more
 */
public record IndexRead(
    IndexRange range, Direction direction, @Nullable EntryRef after, int limit) {}
