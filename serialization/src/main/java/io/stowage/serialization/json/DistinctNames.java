package io.stowage.serialization.json;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.BeanSerializerBuilder;
import tools.jackson.databind.ser.ValueSerializerModifier;

/**
 * The classes whose property names are known to differ, as Jackson puts their serializers together:
 * all names come from properties of the class itself, which Jackson keeps distinct. Where others
 * join them, from an any-getter, an unwrapped object, a filter or an annotation, names may clash,
 * and have to be compared as they are written. Safe for use by many threads.
 */
final class DistinctNames extends ValueSerializerModifier {

  private static final long serialVersionUID = 1L;

  /** The class of the maps of documents. */
  private static final Class<?> UNMODIFIABLE = Collections.unmodifiableMap(Map.of()).getClass();

  private final transient Set<Class<?>> classes = ConcurrentHashMap.newKeySet();

  /** Whether a value is a map of the JDK whose keys are all texts, so that they differ as names. */
  static boolean isOfTexts(@Nullable Object value) {
    if (!(value instanceof Map) || !isPlain(value.getClass())) {
      return false;
    }
    for (Object key : ((Map<?, ?>) value).keySet()) {
      if (!(key instanceof String)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(Class<?> map) {
    return map == UNMODIFIABLE || map == LinkedHashMap.class || map == HashMap.class;
  }

  /** Whether the names of an object of this class need not be compared. */
  boolean areOf(@Nullable Object value) {
    return value != null && classes.contains(value.getClass());
  }

  @Override
  public BeanSerializerBuilder updateBuilder(
      SerializationConfig config,
      BeanDescription.Supplier description,
      BeanSerializerBuilder builder) {
    boolean isAlone =
        builder.getAnyGetter() == null
            && builder.getFilterId() == null
            && builder.getTypeId() == null
            && builder.getObjectIdWriter() == null
            && builder.getProperties().stream().allMatch(DistinctNames::isOfClass);
    if (isAlone) {
      classes.add(description.getBeanClass());
    }
    return builder;
  }

  /** Any-getters, unwrapped objects and what annotations append have writers of other classes. */
  private static boolean isOfClass(BeanPropertyWriter property) {
    return property.getClass() == BeanPropertyWriter.class && !property.isUnwrapping();
  }
}
