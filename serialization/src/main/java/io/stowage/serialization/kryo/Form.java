package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;

/** The first byte of a payload: what follows it. */
enum Form {
  DOCUMENT(1),
  ITEM(2),
  ITEM_WITH_NUMBERS(3);

  private final int code;

  Form(int code) {
    this.code = code;
  }

  int code() {
    return code;
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
            + ", as no Kryo item does; allowed are 1 to 3",
        null);
  }
}
