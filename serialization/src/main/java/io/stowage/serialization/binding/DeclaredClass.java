package io.stowage.serialization.binding;

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * What a declared type leaves open of the class of its values, where nothing that is written tells
 * it: as one class they are read, whatever they were.
 */
final class DeclaredClass {

  /** Declared as these, values are read as documents have them. */
  static final Set<Class<?>> ANYTHING = Set.of(Object.class, Serializable.class, Comparable.class);

  /** Declared as these, values are read as lists, and equal only to lists. */
  private static final Set<Class<?>> LISTS =
      Set.of(Collection.class, Iterable.class, Queue.class, Deque.class);

  /** How a value is looked at. */
  private enum Rule {
    ANYTHING,
    NUMBER,
    TEXT,
    LIST,
    KEYS,
    EXACT
  }

  private final Rule rule;
  private final Class<?> declared;
  private final OpenValues values;

  private DeclaredClass(Rule rule, Class<?> declared, OpenValues values) {
    this.rule = rule;
    this.declared = declared;
    this.values = values;
  }

  /** What a declared type leaves open; null if it tells the class of each value. */
  static @Nullable DeclaredClass of(JavaType declared, OpenValues values) {
    Rule rule = rule(declared);
    return rule == null ? null : new DeclaredClass(rule, declared.getRawClass(), values);
  }

  private static @Nullable Rule rule(JavaType declared) {
    Class<?> type = declared.getRawClass();
    if (ANYTHING.contains(type)) {
      return Rule.ANYTHING;
    }
    if (type == Number.class) {
      return Rule.NUMBER;
    }
    if (type == CharSequence.class) {
      return Rule.TEXT;
    }
    if (LISTS.contains(type)) {
      return Rule.LIST;
    }
    if (declared.isMapLikeType()) {
      Class<?> key = declared.getKeyType().getRawClass();
      return ANYTHING.contains(key) || key == CharSequence.class ? Rule.KEYS : null;
    }
    return isExtensible(declared) ? Rule.EXACT : null;
  }

  /** Whether objects of the class, and those that extend it, are read as such of the class. */
  private static boolean isExtensible(JavaType declared) {
    Class<?> type = declared.getRawClass();
    boolean isOfProgram = type == Date.class || !TypeWalk.isOfJdk(type);
    return isOfProgram
        && !declared.isContainerType()
        && !declared.isReferenceType()
        && !type.isEnum()
        && !Modifier.isFinal(type.getModifiers())
        && !Modifier.isAbstract(type.getModifiers())
        && !type.isAnnotationPresent(JsonDeserialize.class);
  }

  /** Why a value would come back as one of another class; null if it would not. */
  @Nullable String refusal(Object value) {
    return switch (rule) {
      case ANYTHING -> values.refusal(value);
      case NUMBER -> value instanceof Number number ? values.refusalOfNumber(number) : null;
      case TEXT -> value instanceof String ? null : values.refusalOfClass(value, "text");
      case LIST -> value instanceof List ? null : values.refusalOfClass(value, "list");
      case KEYS -> value instanceof Map<?, ?> map ? values.refusalOfKeys(map) : null;
      case EXACT ->
          value.getClass() == declared
              ? null
              : values.refusalOfClass(value, declared.getTypeName());
    };
  }
}
