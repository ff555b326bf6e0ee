package io.stowage.core.query;

import io.stowage.spi.IndexEntry;
import org.jspecify.annotations.Nullable;

/**
 * An item that may match a query.
 *
 * @param id its id
 * @param entry the index entry that named it; null if it was found otherwise
 */
record Candidate(String id, @Nullable IndexEntry entry) {}
