package io.stowage.spi;

import io.stowage.api.Compression;
import io.stowage.api.KeyProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the stored form of a store's values depends on.
 *
 * @param store the store's name
 * @param compression how values are compressed from now on
 * @param keys the keys under which values are encrypted; empty if they are not
 * @param maxItemSize how many bytes an encoded item may have, on writing and reading
 * @param blobs where dictionaries are kept
 * @param dictionaries answers the numbers of the store's dictionaries, of which the last one is to
 *     compress with; seldom a round trip, and throws {@link AdapterException} if that fails
 * @param hasBlindEntries answers whether the store has entries of blind indexes; asked only where
 *     their secret is missing; a round trip for each part of the terms, and throws {@link
 *     AdapterException} if one fails
 */
public record EnvelopeSettings(
    String store,
    Compression compression,
    Optional<KeyProvider> keys,
    int maxItemSize,
    BlobPort blobs,
    Supplier<List<Integer>> dictionaries,
    BooleanSupplier hasBlindEntries) {}
