package io.stowage.serialization.compression;

import io.stowage.spi.SerializationException;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** An LZ4 block, without a frame. */
final class Lz4Compressor implements Compressor {

  private final LZ4Compressor compressor;
  private final LZ4SafeDecompressor decompressor;

  Lz4Compressor() {
    LZ4Factory factory = factory();
    compressor = factory.fastCompressor();
    decompressor = factory.safeDecompressor();
  }

  /**
   * The native implementation, which allocates nothing; where it has no library for the machine,
   * the one in plain Java.
   */
  private static LZ4Factory factory() {
    try {
      return LZ4Factory.nativeInstance();
    } catch (LinkageError | AssertionError e) {
      return LZ4Factory.safeInstance();
    }
  }

  @Override
  public int bound(int length) {
    return compressor.maxCompressedLength(length);
  }

  @Override
  public int compress(byte[] source, int offset, int length, byte[] target, int start, int room) {
    try {
      return compressor.compress(source, offset, length, target, start, room);
    } catch (LZ4Exception e) {
      return DOES_NOT_FIT; // the only reason it has
    }
  }

  @Override
  public void decompress(byte[] source, int offset, int length, byte[] target) {
    int size;
    try {
      size = decompressor.decompress(source, offset, length, target, 0, target.length);
    } catch (LZ4Exception e) {
      throw new SerializationException("LZ4 block is damaged, or longer than it says", e);
    }
    if (size != target.length) {
      throw new SerializationException(
          "LZ4 block holds " + size + " bytes; its original length is " + target.length, null);
    }
  }
}
