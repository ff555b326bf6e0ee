package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One field of a class or component of a record, under the name by which it is stored. */
final class Slot {

  private final String name;
  private final Field field;
  private final Class<?> type;

  /** Whether there are collections of the type for which others of the same kind come back. */
  private final boolean isNarrow;

  Slot(String name, Field field) {
    this.name = name;
    this.field = field;
    this.type = Primitives.boxed(field.getType());
    this.isNarrow = isNarrow(type);
    try {
      field.setAccessible(true);
    } catch (InaccessibleObjectException e) {
      throw new SerializationException(
          "field '"
              + field.getName()
              + "' of "
              + field.getDeclaringClass().getName()
              + " cannot be read: its module does not open the package to the codec",
          e);
    }
  }

  private static boolean isNarrow(Class<?> type) {
    boolean isCollection =
        Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    return isCollection && !type.isInterface() && Modifier.isAbstract(type.getModifiers());
  }

  /** What methods of the JDK answer behind an interface comes back behind that interface only. */
  private static boolean isReadAsAnother(Class<?> collection) {
    String host = collection.getNestHost().getName();
    return host.equals("java.util.Collections") || host.equals("java.util.ImmutableCollections");
  }

  String name() {
    return name;
  }

  /**
   * The value in an item.
   *
   * @throws SerializationException if what would come back for it cannot be in the field
   */
  @Nullable Object get(Object item) {
    try {
      Object value = field.get(item);
      if (isNarrow && value != null && isReadAsAnother(value.getClass())) {
        throw new SerializationException(
            where()
                + " is of type "
                + type.getName()
                + ", and has a collection of "
                + value.getClass().getName()
                + ", which would come back as none of that type; declare an interface",
            null);
      }
      return value;
    } catch (IllegalAccessException e) {
      throw new SerializationException(where() + " cannot be read", e);
    }
  }

  /** Sets the field; a null leaves a primitive as it is. */
  void set(Object item, @Nullable Object stored) {
    Object value = converted(stored);
    if (value == null && field.getType().isPrimitive()) {
      return;
    }
    try {
      field.set(item, value);
    } catch (IllegalAccessException e) {
      throw new SerializationException(where() + " cannot be written", e);
    }
  }

  /** The stored value as this field takes it. */
  @Nullable Object converted(@Nullable Object stored) {
    if (stored == null || type.isInstance(stored)) {
      return stored;
    }
    if (stored instanceof Number number) {
      Object same = sameNumber(number);
      if (same != null) {
        return same;
      }
    }
    throw new SerializationException(
        where()
            + " is of type "
            + field.getType().getName()
            + "; stored is one of type "
            + stored.getClass().getName(),
        null);
  }

  /** The number as this field's type, if no digit is lost. */
  private @Nullable Object sameNumber(Number number) {
    if (number instanceof Float || number instanceof Double) {
      return type == Double.class && number instanceof Float ? (Object) number.doubleValue() : null;
    }
    if (number instanceof BigDecimal) {
      return null;
    }
    BigInteger value =
        number instanceof BigInteger big ? big : BigInteger.valueOf(number.longValue());
    int bits = value.bitLength();
    if (type == BigInteger.class) {
      return value;
    } else if (type == BigDecimal.class) {
      return new BigDecimal(value);
    } else if (type == Long.class && bits < Long.SIZE) {
      return value.longValue();
    } else if (type == Integer.class && bits < Integer.SIZE) {
      return value.intValue();
    } else if (type == Short.class && bits < Short.SIZE) {
      return value.shortValue();
    } else if (type == Byte.class && bits < Byte.SIZE) {
      return value.byteValue();
    } else if (type == Double.class && bits <= 53) {
      return value.doubleValue();
    }
    return null;
  }

  private String where() {
    return "field '" + name + "' of " + field.getDeclaringClass().getName();
  }
}
