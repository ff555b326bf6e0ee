package io.stowage.serialization.compression;

/**
 * One way to compress, at one level and with one dictionary. Safe for use by many threads; what it
 * needs beside the caller's arrays is reused from call to call.
 */
public interface Compressor {

  /** What {@link #compress} answers if the result does not fit. */
  int DOES_NOT_FIT = -1;

  /** The greatest size that so many bytes can have when they are compressed. */
  int bound(int length);

  /**
   * Compresses a range of bytes into a range of bytes.
   *
   * @param room how many bytes may be written; costs least if it is {@link #bound} or more
   * @return how many bytes were written, or {@link #DOES_NOT_FIT}
   */
  int compress(byte[] source, int offset, int length, byte[] target, int start, int room);

  /**
   * Decompresses a range of bytes into the whole of an array.
   *
   * @throws io.stowage.spi.SerializationException if the bytes are damaged or of another length
   */
  void decompress(byte[] source, int offset, int length, byte[] target);
}
