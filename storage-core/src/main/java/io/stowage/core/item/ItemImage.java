package io.stowage.core.item;

import io.stowage.spi.Content;

/**
 * An item and what its codec wrote, in the present schema version.
 *
 * @param id its id
 * @param item the item
 * @param content its encoded form
 * @param isOlder whether it was read from a record of an older schema version
 * @param <T> the type of the item
 */
public record ItemImage<T>(String id, T item, Content content, boolean isOlder) {}
