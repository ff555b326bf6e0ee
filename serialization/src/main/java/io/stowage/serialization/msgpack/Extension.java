package io.stowage.serialization.msgpack;

/** The extension types of stored items. */
final class Extension {

  /** A moment, as the MessagePack specification has it. */
  static final byte TIMESTAMP = -1;

  /** A whole number beyond 64 bits: two's complement. */
  static final byte BIG_INTEGER = 1;

  /** A decimal number: its scale as four bytes, then its unscaled value in two's complement. */
  static final byte DECIMAL = 2;

  private Extension() {}
}
