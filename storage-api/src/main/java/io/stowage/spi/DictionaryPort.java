package io.stowage.spi;

import java.util.List;

/** Trains and keeps the compression dictionaries of one store. */
public interface DictionaryPort {

  /**
   * A dictionary for contents like these.
   *
   * @param maxBytes its greatest size
   * @throws SerializationException if the samples are too few or too small
   */
  byte[] train(List<byte[]> samples, int maxBytes);

  /**
   * The sum of the sizes of the samples, each compressed with a dictionary.
   *
   * @param dictionary an empty array for none
   */
  long compressedSize(List<byte[]> samples, byte[] dictionary);

  /**
   * The bytes of a stored dictionary. One round trip unless it is known.
   *
   * @throws SerializationException if it is not there or cannot be decrypted
   */
  byte[] read(int number);

  /**
   * Stores a dictionary under a number that is not used yet; encrypted, if the store encrypts. One
   * round trip.
   *
   * @return whether the number was free
   */
  boolean store(int number, byte[] dictionary);
}
