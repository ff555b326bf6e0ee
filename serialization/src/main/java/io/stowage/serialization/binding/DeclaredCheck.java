package io.stowage.serialization.binding;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.stowage.api.Loss;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedClassResolver;
import tools.jackson.databind.jsontype.NamedType;

/**
 * What is to be looked at in values of a declared type, since they would come back as others
 * without a word, or not at all: optionals that are null, orders that are not the natural one,
 * classes that no name is declared for, or that the declaration does not tell.
 */
final class DeclaredCheck {

  /** Deeper than anybody nests declarations, but for classes that are collections of themselves. */
  private static final int MAX_DEPTH = 20;

  private final JavaType declared;

  /** The classes that have a name; null if values need none. */
  private final @Nullable Set<Class<?>> named;

  /** What is to be looked at in what a value contains; null if nothing is. */
  private final @Nullable DeclaredCheck content;

  /** What the declaration leaves open; null if it leaves nothing open. */
  private final @Nullable DeclaredClass open;

  private DeclaredCheck(
      JavaType declared,
      @Nullable Set<Class<?>> named,
      @Nullable DeclaredCheck content,
      @Nullable DeclaredClass open) {
    this.declared = declared;
    this.named = named;
    this.content = content;
    this.open = open;
  }

  /**
   * The check for values of a declared type; null if they need none.
   *
   * @param accepted what may come back otherwise
   */
  static @Nullable DeclaredCheck of(
      SerializationConfig config, JavaType declared, Set<Loss> accepted) {
    return of(config, declared, new OpenValues(accepted), 0);
  }

  private static @Nullable DeclaredCheck of(
      SerializationConfig config, @Nullable JavaType declared, OpenValues values, int depth) {
    if (declared == null || depth > MAX_DEPTH) {
      return null;
    }
    DeclaredCheck content = of(config, declared.getContentType(), values, depth + 1);
    JsonTypeInfo.Value told = declared.isContainerType() ? null : told(config, declared);
    Set<Class<?>> named = named(config, declared, told);
    boolean isTold = told != null || declared.getTypeHandler() != null;
    DeclaredClass open = isTold ? null : DeclaredClass.of(declared, values);
    boolean isNeeded =
        content != null
            || named != null
            || open != null
            || isOptional(declared)
            || hasOrder(declared.getRawClass())
            || declared.getRawClass() == Properties.class;
    return isNeeded ? new DeclaredCheck(declared, named, content, open) : null;
  }

  private static JsonTypeInfo.@Nullable Value told(SerializationConfig config, JavaType declared) {
    AnnotatedClass annotated = AnnotatedClassResolver.resolve(config, declared, config);
    return config.getAnnotationIntrospector().findPolymorphicTypeInfo(config, annotated);
  }

  private static @Nullable Set<Class<?>> named(
      SerializationConfig config, JavaType declared, JsonTypeInfo.@Nullable Value told) {
    boolean isByName =
        told != null
            && (told.getIdType() == JsonTypeInfo.Id.NAME
                || told.getIdType() == JsonTypeInfo.Id.SIMPLE_NAME);
    if (!isByName) {
      return null;
    }
    AnnotatedClass annotated = AnnotatedClassResolver.resolve(config, declared, config);
    return config.getSubtypeResolver().collectAndResolveSubtypesByTypeId(config, annotated).stream()
        .map(NamedType::getType)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether null and nothing are one on reading. */
  static boolean isOptional(JavaType type) {
    Class<?> raw = type.getRawClass();
    return type.isReferenceType()
        || raw == OptionalInt.class
        || raw == OptionalLong.class
        || raw == OptionalDouble.class;
  }

  /** Whether collections of the class have an order that an element or key alone does not tell. */
  private static boolean hasOrder(Class<?> type) {
    return SortedSet.class.isAssignableFrom(type)
        || SortedMap.class.isAssignableFrom(type)
        || type == PriorityQueue.class
        || type == PriorityBlockingQueue.class;
  }

  /** Why a value would come back as another; null if it would not. */
  @Nullable String refusal(@Nullable Object value) {
    if (value == null) {
      return isOptional(declared)
          ? "has null for the type "
              + declared.getRawClass().getSimpleName()
              + ", which would come back as an empty one"
          : null;
    }
    if (named != null && !named.contains(value.getClass())) {
      return "has an object of "
          + value.getClass().getName()
          + ", which could not be read back: no @JsonSubTypes of "
          + declared.getRawClass().getName()
          + " names it";
    }
    String ofClass = open == null ? null : open.refusal(value);
    if (ofClass != null) {
      return ofClass;
    }
    if (value instanceof Properties properties
        && properties.size() != properties.stringPropertyNames().size()) {
      return "has Properties with defaults or with others than texts, which would come back"
          + " without";
    }
    if (hasOrder(declared.getRawClass()) && order(value) != null) {
      return "is in an order of its own, and would come back in the natural one";
    }
    return content == null ? null : refusalOfContent(value, content);
  }

  private static @Nullable Comparator<?> order(Object value) {
    if (value instanceof SortedSet<?> set) {
      return set.comparator();
    }
    if (value instanceof SortedMap<?, ?> map) {
      return map.comparator();
    }
    if (value instanceof PriorityQueue<?> queue) {
      return queue.comparator();
    }
    return value instanceof PriorityBlockingQueue<?> queue ? queue.comparator() : null;
  }

  private static @Nullable String refusalOfContent(Object value, DeclaredCheck content) {
    for (Object element : elements(value)) {
      String refusal = content.refusal(element);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static Collection<? extends @Nullable Object> elements(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.values();
    }
    if (value instanceof Collection<?> collection) {
      return collection;
    }
    if (value instanceof Optional<?> optional) {
      return optional.stream().toList();
    }
    if (value instanceof AtomicReference<?> reference) {
      return reference.get() == null ? List.of() : List.of(reference.get());
    }
    return value instanceof Object[] array ? Arrays.asList(array) : List.of();
  }
}
