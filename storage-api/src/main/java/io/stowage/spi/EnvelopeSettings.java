package io.stowage.spi;

import io.stowage.api.Compression;
import io.stowage.api.KeyProvider;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What the stored form of a store's values depends on.
 *
 * @param store the store's name
 * @param compression how values are compressed from now on
 * @param keys the keys under which values are encrypted; empty if they are not
 * @param maxItemSize how many bytes an encoded item may have, on writing and reading
 * @param blobs where dictionaries are kept
 * @param currentDictionary answers the number of the dictionary to compress with; 0 for none;
 *     seldom a round trip, and throws {@link AdapterException} if that fails
 */
public record EnvelopeSettings(
    String store,
    Compression compression,
    Optional<KeyProvider> keys,
    int maxItemSize,
    BlobPort blobs,
    IntSupplier currentDictionary) {}
