package io.stowage.api;

import java.time.Duration;

/**
 * What came of training a compression dictionary.
 *
 * @param number the dictionary's number in its store
 * @param bytes its size
 * @param samples from how many items it was trained
 * @param unreadable how many items were passed over because they could not be read
 * @param sampledBytes the size of these as their codecs wrote them
 * @param compressedBytes the size of these compressed with it
 * @param compressedBefore the size of these compressed with the dictionary that was in use before,
 *     or without one
 * @param elapsed how long it took
 */
public record DictionaryReport(
    int number,
    int bytes,
    int samples,
    int unreadable,
    long sampledBytes,
    long compressedBytes,
    long compressedBefore,
    Duration elapsed) {}
