package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;

/** The first byte of a payload: what follows it. */
enum Form {
  DOCUMENT(1),
  ITEM(2),

  /** Names are numbers of the store's table wherever they occur. Written by nobody any more. */
  ITEM_WITH_NUMBERS(3),

  /** A name is a number of the store's table where it occurs first. */
  ITEM_WITH_NUMBERED_NAMES(4);

  private final int code;

  Form(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Whether its names can only be told with the table of its store. */
  boolean needsTable() {
    return this == ITEM_WITH_NUMBERS || this == ITEM_WITH_NUMBERED_NAMES;
  }

  static Form of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new SerializationException("payload is empty and holds no Kryo item", null);
    }
    for (Form form : values()) {
      if (form.code == bytes[0]) {
        return form;
      }
    }
    throw new SerializationException(
        "payload of "
            + bytes.length
            + " bytes begins with "
            + Byte.toUnsignedInt(bytes[0])
            + ", as no Kryo item does; allowed are 1 to 4",
        null);
  }
}
