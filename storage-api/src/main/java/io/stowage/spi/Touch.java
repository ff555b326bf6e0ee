package io.stowage.spi;

import io.stowage.api.Version;
import org.jspecify.annotations.Nullable;

/**
 * A request to give a record another expiry.
 *
 * @param id the item's id
 * @param expected the version that it must have, or null to touch whatever is stored
 * @param expiry when it expires from now on
 */
public record Touch(String id, @Nullable Version expected, Expiry expiry) {}
