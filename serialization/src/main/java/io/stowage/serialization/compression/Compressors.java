package io.stowage.serialization.compression;

import io.stowage.api.Compression;
import io.stowage.api.Compression.Algorithm;
import io.stowage.spi.SerializationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The compressors of this process. Those without a dictionary are shared by all stores. Safe for
 * use by many threads.
 */
public final class Compressors {

  private static final ConcurrentHashMap<Compression, Compressor> SHARED =
      new ConcurrentHashMap<>();

  private Compressors() {}

  /**
   * A compressor without a dictionary; any level reads what any other wrote.
   *
   * @param compression the algorithm, which is not {@link Algorithm#NONE}, and its level
   * @throws SerializationException if its library is missing; the message names it
   */
  public static Compressor of(Compression compression) {
    Compression key = compression.threshold() == 0 ? compression : compression.withThreshold(0);
    Compressor known = SHARED.get(key);
    return known != null ? known : SHARED.computeIfAbsent(key, Compressors::make);
  }

  /**
   * Zstandard with a dictionary.
   *
   * @param dictionary the dictionary; the caller does not change it any more
   * @throws SerializationException if the library is missing, or the dictionary damaged
   */
  public static Compressor zstd(int level, byte[] dictionary) {
    return loaded(Library.ZSTD, () -> new ZstdCompressor(level, dictionary));
  }

  private static Compressor make(Compression compression) {
    int level = compression.level();
    return switch (compression.algorithm()) {
      case NONE -> throw new IllegalArgumentException("compression 'none' has no compressor");
      case GZIP -> new GzipCompressor(level);
      case ZSTD -> loaded(Library.ZSTD, () -> new ZstdCompressor(level, null));
      // A reference to the constructor would load the class before the library is looked for.
      case LZ4 -> loaded(Library.LZ4, () -> new Lz4Compressor());
    };
  }

  /** What the supplier gives, which is the first to touch the library's classes. */
  static <T> T loaded(Library library, Supplier<T> supplier) {
    if (!library.present()) {
      throw new SerializationException(library.missing(), null);
    }
    try {
      return supplier.get();
    } catch (LinkageError e) {
      throw new SerializationException(library.broken(), e);
    }
  }
}
