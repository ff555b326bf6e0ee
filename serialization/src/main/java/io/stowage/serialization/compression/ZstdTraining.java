package io.stowage.serialization.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.stowage.spi.SerializationException;
import java.util.Arrays;

/** The part of training that needs the library. */
final class ZstdTraining {

  private ZstdTraining() {}

  static byte[] train(byte[][] samples, long total, int maxBytes) {
    byte[] dictionary = new byte[maxBytes];
    try {
      long size = Zstd.trainFromBuffer(samples, dictionary);
      if (Zstd.isError(size)) {
        throw new ZstdException(size);
      }
      return Arrays.copyOf(dictionary, Math.toIntExact(size));
    } catch (ZstdException e) {
      throw new SerializationException(
          "no dictionary can be made of "
              + samples.length
              + " samples with "
              + total
              + " bytes together; give more or larger ones, or a smaller maxBytes than "
              + maxBytes
              + " ("
              + e.getMessage()
              + ")",
          e);
    }
  }
}
