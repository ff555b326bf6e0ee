package io.stowage.spi;

import io.stowage.api.Compression;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How a payload was made, as far as can be read without a key.
 *
 * @param codec the name of the codec
 * @param schemaVersion the shape that the item had
 * @param compression how the encoded item was compressed
 * @param encodedBytes the size of the encoded item; empty if only decryption would tell
 * @param dictionary the number of the compression dictionary, if one was used
 * @param keyId the id of the key, if it is encrypted; an unsigned 32-bit number
 */
public record EnvelopeHeader(
    String codec,
    int schemaVersion,
    Compression.Algorithm compression,
    OptionalInt encodedBytes,
    OptionalInt dictionary,
    OptionalLong keyId) {}
