package io.stowage.serialization.kryo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The primitive types, their wrappers and what a field has that nobody set. */
final class Primitives {

  private static final Map<Class<?>, Object> ZEROS =
      Map.of(
          boolean.class,
          false,
          char.class,
          (char) 0,
          byte.class,
          (byte) 0,
          short.class,
          (short) 0,
          int.class,
          0,
          long.class,
          0L,
          float.class,
          0f,
          double.class,
          0d);

  private Primitives() {}

  /** The wrapper of a primitive type; any other type itself. */
  static Class<?> boxed(Class<?> type) {
    Object zero = ZEROS.get(type);
    return zero == null ? type : zero.getClass();
  }

  /** Zero, false or null for each type. */
  static @Nullable Object[] defaults(Class<?>[] types) {
    @Nullable Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      values[i] = ZEROS.get(types[i]);
    }
    return values;
  }

  /** The primitive type of this name, or null. */
  static @Nullable Class<?> named(String name) {
    for (Class<?> type : ZEROS.keySet()) {
      if (type.getName().equals(name)) {
        return type;
      }
    }
    return null;
  }
}
