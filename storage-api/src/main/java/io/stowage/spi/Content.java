package io.stowage.spi;

/**
 * What a codec wrote, and what a reader must know to read it.
 *
 * @param codec the codec's name
 * @param schemaVersion the shape that the item had; 1 or more
 * @param bytes the encoded item; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy would cost an allocation
public record Content(String codec, int schemaVersion, byte[] bytes) {}
