package io.stowage.spi;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/**
 * A request to remove a record.
 *
 * @param id the item's id
 * @param expected the version that it must have, or null to remove whatever is stored
 */
public record Removal(String id, @Nullable Version expected) implements AtomicWrite {}
