package io.stowage.serialization.compression;

import io.stowage.spi.SerializationException;
import java.util.List;

/** Makes dictionaries for Zstandard. */
public final class Dictionaries {

  /** The fewest samples that the trainer makes something of. */
  static final int FEWEST_SAMPLES = 11;

  /** The fewest bytes that samples must have together. */
  static final int FEWEST_BYTES = 2048;

  /** The smallest dictionary that the trainer makes, in bytes. */
  static final int SMALLEST = 256;

  private Dictionaries() {}

  /**
   * A dictionary for contents like these. Costs about a second for 10 MiB of samples.
   *
   * @param maxBytes its greatest size, at least 256
   * @throws SerializationException if the samples are too few or too small, or zstd-jni is missing
   */
  public static byte[] train(List<byte[]> samples, int maxBytes) {
    if (maxBytes < SMALLEST) {
      throw new IllegalArgumentException(
          "maxBytes is " + maxBytes + "; allowed is " + SMALLEST + " and more");
    }
    List<byte[]> used = samples.stream().filter(sample -> sample.length > 0).toList();
    long total = used.stream().mapToLong(sample -> sample.length).sum();
    if (used.size() < FEWEST_SAMPLES) {
      throw new SerializationException(
          "there are "
              + used.size()
              + " samples to train a dictionary from; at least "
              + FEWEST_SAMPLES
              + " that are not empty are needed",
          null);
    }
    if (total < FEWEST_BYTES || total > Integer.MAX_VALUE) {
      throw new SerializationException(
          "the samples to train a dictionary from have "
              + total
              + " bytes together; allowed is "
              + FEWEST_BYTES
              + " to "
              + Integer.MAX_VALUE,
          null);
    }
    return Compressors.loaded(
        Library.ZSTD, () -> ZstdTraining.train(used.toArray(byte[][]::new), total, maxBytes));
  }
}
