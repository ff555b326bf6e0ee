package io.stowage.serialization.compression;

import io.stowage.spi.SerializationException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** DEFLATE in a gzip frame (RFC 1952) of one member, without name, time or comment. */
final class GzipCompressor implements Compressor {

  private static final int MAGIC = 0x8B1F;
  private static final byte METHOD_DEFLATE = 8;
  private static final byte UNKNOWN_SYSTEM = (byte) 255;
  private static final int HEADER = 10;
  private static final int TRAILER = 8;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int level;
  private final Pool<Writer> writers = new Pool<>();
  private final Pool<Reader> readers = new Pool<>();

  GzipCompressor(int level) {
    this.level = level;
  }

  @Override
  public int bound(int length) {
    // Stored blocks of at least 4 KiB, five bytes each, and what the strategy may add.
    return Math.addExact(length, (length >>> 12) + (length >>> 14) + 13 + HEADER + TRAILER);
  }

  @Override
  public int compress(byte[] source, int offset, int length, byte[] target, int start, int room) {
    if (room < HEADER + TRAILER) {
      return DOES_NOT_FIT;
    }
    Writer kept = writers.take();
    Writer writer = kept == null ? new Writer(level) : kept;
    try {
      int body = writer.deflate(source, offset, length, target, start + HEADER, room);
      if (body < 0) {
        return DOES_NOT_FIT;
      }
      SHORT.set(target, start, (short) MAGIC);
      target[start + 2] = METHOD_DEFLATE;
      target[start + 3] = 0;
      INT.set(target, start + 4, 0);
      target[start + 8] = 0;
      target[start + 9] = UNKNOWN_SYSTEM;
      INT.set(target, start + HEADER + body, writer.checksum(source, offset, length));
      INT.set(target, start + HEADER + body + 4, length);
      return HEADER + body + TRAILER;
    } finally {
      if (!writers.give(writer)) {
        writer.deflater.end();
      }
    }
  }

  @Override
  public void decompress(byte[] source, int offset, int length, byte[] target) {
    if (length < HEADER + TRAILER
        || (short) SHORT.get(source, offset) != (short) MAGIC
        || source[offset + 2] != METHOD_DEFLATE
        || source[offset + 3] != 0) {
      throw new SerializationException("gzip frame is damaged: no header of a plain member", null);
    }
    int trailer = offset + length - TRAILER;
    Reader kept = readers.take();
    Reader reader = kept == null ? new Reader() : kept;
    try {
      reader.inflate(source, offset + HEADER, length - HEADER - TRAILER, target);
      if ((int) INT.get(source, trailer + 4) != target.length) {
        throw new SerializationException("gzip frame is damaged: its size is another", null);
      }
      if ((int) INT.get(source, trailer) != reader.checksum(target)) {
        throw new SerializationException("gzip frame is damaged: its CRC-32 is another", null);
      }
    } finally {
      if (!readers.give(reader)) {
        reader.inflater.end();
      }
    }
  }

  private static final class Writer {

    final Deflater deflater;
    private final CRC32 crc = new CRC32();

    Writer(int level) {
      deflater = new Deflater(level, true);
    }

    int deflate(byte[] source, int offset, int length, byte[] target, int start, int room) {
      try {
        deflater.setInput(source, offset, length);
        deflater.finish();
        int size = deflater.deflate(target, start, room - HEADER - TRAILER);
        return deflater.finished() ? size : DOES_NOT_FIT;
      } finally {
        deflater.reset();
      }
    }

    int checksum(byte[] source, int offset, int length) {
      crc.reset();
      crc.update(source, offset, length);
      return (int) crc.getValue();
    }
  }

  private static final class Reader {

    /** Room for one byte too many, so that a longer content is noticed. */
    private final byte[] beyond = new byte[1];

    final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();

    void inflate(byte[] source, int offset, int length, byte[] target) {
      try {
        inflater.setInput(source, offset, length);
        int size = inflater.inflate(target, 0, target.length);
        while (!inflater.finished() && size < target.length) {
          int more = inflater.inflate(target, size, target.length - size);
          if (more == 0) {
            break;
          }
          size += more;
        }
        if (!inflater.finished() && inflater.inflate(beyond, 0, 1) > 0) {
          throw damaged("it is longer than its original length", null);
        }
        if (size != target.length || !inflater.finished() || inflater.getRemaining() != 0) {
          throw damaged("it ends too early or too late", null);
        }
      } catch (DataFormatException e) {
        throw damaged("DEFLATE does not understand it", e);
      } finally {
        inflater.reset();
      }
    }

    int checksum(byte[] bytes) {
      crc.reset();
      crc.update(bytes, 0, bytes.length);
      return (int) crc.getValue();
    }

    private static SerializationException damaged(String reason, @Nullable Throwable cause) {
      return new SerializationException("gzip frame is damaged: " + reason, cause);
    }
  }
}
