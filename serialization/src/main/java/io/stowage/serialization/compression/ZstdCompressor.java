package io.stowage.serialization.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdDictCompress;
import com.github.luben.zstd.ZstdDictDecompress;
import com.github.luben.zstd.ZstdException;
import io.stowage.spi.SerializationException;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/**
 * A Zstandard frame (RFC 8878) with magic number, without content size, dictionary id and checksum.
 * Native memory is freed when this object is no longer reachable.
 */
final class ZstdCompressor implements Compressor {

  private static final Cleaner CLEANER = Cleaner.create();

  private final int level;
  private final byte @Nullable [] dictionary;
  private final Pool<Native<ZstdCompressCtx>> writers = new Pool<>();
  private final Pool<Native<ZstdDecompressCtx>> readers = new Pool<>();
  private final @Nullable ZstdDictDecompress forReading;

  /** Made by the first writer: most dictionaries are only read with. */
  private volatile @Nullable ZstdDictCompress forWriting;

  /**
   * Zstandard at a level.
   *
   * @param dictionary the dictionary; null for none
   * @throws SerializationException if the library refuses the dictionary
   */
  ZstdCompressor(int level, byte @Nullable [] dictionary) {
    this.level = level;
    this.dictionary = dictionary;
    try {
      this.forReading = dictionary == null ? null : new ZstdDictDecompress(dictionary);
    } catch (IllegalStateException e) {
      throw new SerializationException("zstd cannot use the dictionary: it is damaged", e);
    }
  }

  @Override
  public int bound(int length) {
    return Math.toIntExact(Zstd.compressBound(length));
  }

  @Override
  public int compress(byte[] source, int offset, int length, byte[] target, int start, int room) {
    Native<ZstdCompressCtx> kept = writers.take();
    Native<ZstdCompressCtx> writer = kept == null ? writer() : kept;
    try {
      return writer.context.compressByteArray(target, start, room, source, offset, length);
    } catch (ZstdException e) {
      if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        return DOES_NOT_FIT;
      }
      throw new SerializationException("zstd cannot compress " + length + " bytes", e);
    } finally {
      if (!writers.give(writer)) {
        writer.memory.clean();
      }
    }
  }

  @Override
  public void decompress(byte[] source, int offset, int length, byte[] target) {
    int size;
    Native<ZstdDecompressCtx> kept = readers.take();
    Native<ZstdDecompressCtx> reader = kept == null ? reader() : kept;
    try {
      size = reader.context.decompressByteArray(target, 0, target.length, source, offset, length);
    } catch (ZstdException e) {
      throw new SerializationException(
          "zstd frame is damaged, or longer than it says: " + e.getMessage(), e);
    } finally {
      if (!readers.give(reader)) {
        reader.memory.clean();
      }
    }
    if (size != target.length) {
      throw new SerializationException(
          "zstd frame holds " + size + " bytes; its original length is " + target.length, null);
    }
  }

  private Native<ZstdCompressCtx> writer() {
    ZstdCompressCtx context = new ZstdCompressCtx();
    context.setLevel(level).setContentSize(false).setDictID(false).setChecksum(false);
    if (dictionary != null) {
      context.loadDict(forWriting(dictionary));
    }
    return new Native<>(context);
  }

  private synchronized ZstdDictCompress forWriting(byte[] bytes) {
    ZstdDictCompress made = forWriting;
    if (made == null) {
      made = new ZstdDictCompress(bytes, level);
      forWriting = made;
    }
    return made;
  }

  private Native<ZstdDecompressCtx> reader() {
    ZstdDecompressCtx context = new ZstdDecompressCtx();
    if (forReading != null) {
      context.loadDict(forReading);
    }
    return new Native<>(context);
  }

  /** A context, and what frees its native memory when this object is gone. */
  private static final class Native<C extends AutoCloseable> {

    final C context;
    final Cleaner.Cleanable memory;

    Native(C context) {
      this.context = context;
      this.memory = CLEANER.register(this, new Closing(context));
    }
  }

  private record Closing(AutoCloseable context) implements Runnable {

    @Override
    public void run() {
      try {
        context.close();
      } catch (Exception e) {
        throw new IllegalStateException("zstd context cannot be closed", e);
      }
    }
  }
}
