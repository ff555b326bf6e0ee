package io.stowage.serialization.msgpack;

import io.stowage.serialization.binding.ItemBinding;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.core.buffer.MessageBuffer;

/**
 * Reads single values of an item. A declared length is believed only if so many bytes are left, so
 * that damaged bytes cannot make a reader allocate more than they are worth.
 */
final class Unpacking {

  private static final int BYTES_A_CHARACTER = 3;

  private final byte[] bytes;
  private final MessageUnpacker unpacker;

  Unpacking(byte[] bytes) {
    this.bytes = bytes;
    this.unpacker = MessagePack.newDefaultUnpacker(bytes);
  }

  /** The bytes do not hold what an item may have. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String reason) {
      super(reason, null, false, false);
    }
  }

  /** What all reading goes through: the library's errors become refusals. */
  @FunctionalInterface
  interface Read<T> {
    T from(MessageUnpacker unpacker) throws IOException, Refusal;
  }

  <T> T read(Read<T> read) throws Refusal {
    try {
      return read.from(unpacker);
    } catch (MessagePackException | IOException | DateTimeException | ArithmeticException e) {
      throw new Refusal(
          "at byte " + position() + " of " + bytes.length + ": " + e.getClass().getSimpleName());
    }
  }

  int position() {
    return Math.toIntExact(unpacker.getTotalReadBytes());
  }

  private int remaining() {
    return bytes.length - position();
  }

  MessageFormat next() throws Refusal {
    if (remaining() == 0) {
      throw new Refusal("the bytes end after " + bytes.length);
    }
    return read(MessageUnpacker::getNextFormat);
  }

  int arraySize() throws Refusal {
    return checked("array", read(MessageUnpacker::unpackArrayHeader), 1);
  }

  int mapSize() throws Refusal {
    return checked("map", read(MessageUnpacker::unpackMapHeader), 2);
  }

  /** Refuses to read what is not there. */
  private int checked(String what, int size, int leastBytesEach) throws Refusal {
    if ((long) size * leastBytesEach > remaining()) {
      throw new Refusal(
          what + " has the size " + size + ", but only " + remaining() + " bytes are left");
    }
    return size;
  }

  String text() throws Refusal {
    int length = checked("text", read(MessageUnpacker::unpackRawStringHeader), 1);
    if (length > (long) ItemBinding.MAX_TEXT_LENGTH * BYTES_A_CHARACTER) {
      throw tooLong(length, "bytes");
    }
    int start = position();
    skip(length);
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (text.length() > ItemBinding.MAX_TEXT_LENGTH) {
      throw tooLong(text.length(), "characters");
    }
    return text.indexOf('\uFFFD') < 0 ? text : strictly(start, length);
  }

  private static Refusal tooLong(int length, String unit) {
    return new Refusal(
        "text has "
            + length
            + " "
            + unit
            + "; allowed are at most "
            + ItemBinding.MAX_TEXT_LENGTH
            + " characters");
  }

  /** Tells a replacement character that was stored from one that stands for broken UTF-8. */
  private String strictly(int start, int length) throws Refusal {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new Refusal("text at byte " + start + " is no UTF-8");
    }
  }

  byte[] binary() throws Refusal {
    return payload(checked("binary", read(MessageUnpacker::unpackBinaryHeader), 1));
  }

  private byte[] payload(int length) throws Refusal {
    int start = position();
    skip(length);
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  private void skip(int length) throws Refusal {
    MessageBuffer skipped = read(unpacker -> unpacker.readPayloadAsReference(length));
    if (skipped.size() != length) {
      throw new Refusal("only " + skipped.size() + " of " + length + " bytes are left");
    }
  }

  /** A moment, a {@link BigInteger} or a {@link BigDecimal}. */
  Object extension() throws Refusal {
    ExtensionTypeHeader header = read(MessageUnpacker::unpackExtensionTypeHeader);
    int length = checked("extension", header.getLength(), 1);
    return switch (header.getType()) {
      case Extension.TIMESTAMP -> moment(header);
      case Extension.BIG_INTEGER -> bigInteger(ByteBuffer.wrap(payload(length)));
      case Extension.DECIMAL -> decimal(ByteBuffer.wrap(payload(length)));
      default ->
          throw new Refusal("extension type is " + header.getType() + "; allowed are -1, 1 and 2");
    };
  }

  private Instant moment(ExtensionTypeHeader header) throws Refusal {
    return read(unpacker -> unpacker.unpackTimestamp(header));
  }

  private static BigInteger bigInteger(ByteBuffer payload) throws Refusal {
    if (!payload.hasRemaining()) {
      throw new Refusal("number has no bytes");
    }
    if (payload.remaining() > ItemBinding.MAX_NUMBER_BITS / Byte.SIZE + 1) {
      throw new Refusal("number has " + payload.remaining() + " bytes");
    }
    byte[] twosComplement = new byte[payload.remaining()];
    payload.get(twosComplement);
    BigInteger number = new BigInteger(twosComplement);
    return accepted(number, ItemBinding.refusal(number));
  }

  private static BigDecimal decimal(ByteBuffer payload) throws Refusal {
    if (payload.remaining() <= Integer.BYTES) {
      throw new Refusal("decimal has " + payload.remaining() + " bytes; allowed are 5 and more");
    }
    int scale = payload.getInt();
    BigDecimal number = new BigDecimal(bigInteger(payload), scale);
    return accepted(number, ItemBinding.refusal(number));
  }

  double number(double number) throws Refusal {
    return accepted(number, ItemBinding.refusal(number));
  }

  private static <T> T accepted(T number, @Nullable String refusal) throws Refusal {
    if (refusal != null) {
      throw new Refusal(refusal);
    }
    return number;
  }
}
