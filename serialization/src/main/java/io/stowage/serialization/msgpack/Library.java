package io.stowage.serialization.msgpack;

import io.stowage.spi.SerializationException;

/** Whether msgpack-core is there; an application that does not use the codec does without it. */
final class Library {

  private static final boolean IS_THERE = isThere();

  private Library() {}

  private static boolean isThere() {
    try {
      Class.forName("org.msgpack.core.MessagePack", false, Library.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  static void require() {
    if (!IS_THERE) {
      throw new SerializationException(
          "codec 'msgpack' needs the library org.msgpack:msgpack-core, which is not on the class"
              + " path",
          null);
    }
  }
}
