package io.stowage.serialization.envelope;

import io.stowage.serialization.compression.Compressor;

/**
 * A dictionary that this process has used.
 *
 * @param number its number
 * @param bytes its bytes, which nobody changes
 * @param compressor Zstandard with it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record StoredDictionary(int number, byte[] bytes, Compressor compressor) {}
