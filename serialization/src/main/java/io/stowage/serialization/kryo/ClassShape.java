package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a class is stored: its fields, those of its superclasses first, or a record's components. */
final class ClassShape {

  /** So many fields may a class have. */
  private static final int MAX_FIELDS = 5_000;

  private final Class<?> type;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final @Nullable Constructor<?> canonical;

  /**
   * @throws SerializationException if objects of the class cannot be held
   */
  ClassShape(Class<?> type) {
    this.type = type;
    requireHoldable(type);
    try {
      this.canonical = type.isRecord() ? enterComponents() : null;
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new SerializationException("record " + type.getName() + " cannot be read", e);
    }
    if (!type.isRecord()) {
      enterFields();
    }
  }

  private static void requireHoldable(Class<?> type) {
    String reason = null;
    if (type.isHidden() || type.isSynthetic()) {
      reason = "it is a lambda or generated while the program runs";
    } else if (type.isAnonymousClass()) {
      reason = "it is anonymous";
    } else if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
      reason = "it is abstract";
    } else if (World.isOfJdk(type)) {
      reason = "it is a class of the JDK that the codec has no form for";
    } else if (isInner(type)) {
      reason =
          "it is an inner class, whose objects hold one of the class around it; make it static";
    }
    if (reason != null) {
      throw new SerializationException(
          "objects of " + type.getName() + " cannot be held: " + reason, null);
    }
  }

  private static boolean isInner(Class<?> type) {
    boolean isNested = type.isMemberClass() || type.isLocalClass();
    return isNested && !type.isRecord() && !Modifier.isStatic(type.getModifiers());
  }

  private Constructor<?> enterComponents() throws ReflectiveOperationException {
    List<Class<?>> types = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      types.add(component.getType());
      Field field = type.getDeclaredField(component.getName());
      slots.put(component.getName(), new Slot(component.getName(), field));
    }
    Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    return constructor;
  }

  private void enterFields() {
    List<Class<?>> line = new ArrayList<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      if (World.isOfJdk(c)) {
        throw new SerializationException(
            "objects of "
                + type.getName()
                + " cannot be held: it extends "
                + c.getName()
                + ", whose fields the JDK keeps to itself",
            null);
      }
      line.add(0, c);
    }
    for (Class<?> c : line) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())) {
          enter(field);
        }
      }
    }
  }

  /** A field that a subclass hides has the subclass's simple name before it there. */
  private void enter(Field field) {
    String name = field.getName();
    while (slots.containsKey(name)) {
      name = field.getDeclaringClass().getSimpleName() + "." + name;
    }
    slots.put(name, new Slot(name, field));
    if (slots.size() > MAX_FIELDS) {
      throw new SerializationException(
          "class " + type.getName() + " has more than " + MAX_FIELDS + " fields", null);
    }
  }

  Class<?> type() {
    return type;
  }

  /** Names and fields in the order in which they are written. */
  Map<String, Slot> slots() {
    return slots;
  }

  /** The canonical constructor of a record; null for other classes. */
  @Nullable Constructor<?> canonical() {
    return canonical;
  }

  /** The class and its fields in one text; names in the JVM contain no slash. */
  String text() {
    return type.getName() + "/" + String.join("/", slots.keySet());
  }

  /**
   * The fields named in such a text.
   *
   * @throws SerializationException if no class could have them
   */
  static List<String> fieldsIn(String text) {
    List<String> fields = new ArrayList<>();
    int end = text.indexOf('/');
    boolean isEmpty = end == text.length() - 1;
    while (end < text.length() && !isEmpty) {
      int start = end + 1;
      int next = text.indexOf('/', start);
      end = next < 0 ? text.length() : next;
      fields.add(text.substring(start, end));
      if (end == start || fields.size() > MAX_FIELDS) {
        throw new SerializationException(
            "payload has a class with a field without a name, or more than "
                + MAX_FIELDS
                + " fields",
            null);
      }
    }
    return fields;
  }
}
