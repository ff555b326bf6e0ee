package io.stowage.serialization.binding;

import com.fasterxml.jackson.annotation.JacksonAnnotation;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIgnoreType;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/**
 * Finds fields of classes that are not written, or not set on reading: they would come back as
 * null. Fields that are transient or bear an annotation of Jackson's are as their class wants them.
 */
final class LostFields {

  private static final String HOW =
      "; give it a getter and a setter or a parameter of the constructor, or annotate it with"
          + " @JsonProperty to store it, or @JsonIgnore not to";

  private final DeserializationContext reading;
  private final SerializationContext writing;

  LostFields(DeserializationContext reading, SerializationContext writing) {
    this.reading = reading;
    this.writing = writing;
  }

  /**
   * Which field of a class is lost; null if none is. A property without a field of its own name may
   * stand for a field without a property.
   */
  @Nullable String ofBean(JavaType type, BeanDeserializerBase reader, BeanSerializerBase writer) {
    if (type.getRawClass().isRecord()) {
      return null;
    }
    BeanDescription description =
        writing.introspectBeanDescription(type, writing.introspectClassAnnotations(type));
    BeanDescription read =
        reading.introspectBeanDescription(type, reading.introspectClassAnnotations(type));
    Set<String> wanted = leftOut(description, read);
    Map<String, BeanPropertyWriter> written = written(description, writer);
    Set<String> back = readBack(read, reader, written);
    List<String> silent = new ArrayList<>();
    Set<String> free = new HashSet<>(back);
    for (Field field : fields(type.getRawClass())) {
      String name = field.getName();
      free.remove(name);
      if (wanted.contains(name)) {
        continue;
      }
      if (!written.containsKey(name)) {
        silent.add(name);
      } else if (!back.contains(name)) {
        return "has the field '" + name + "', which is written but never set on reading" + HOW;
      }
    }
    int stand = free.size() + (description.findAnyGetter() == null ? 0 : 1);
    return silent.size() > stand
        ? "has the field '" + silent.get(silent.size() - 1) + "', which is not written" + HOW
        : null;
  }

  /** What the class leaves out by annotations elsewhere than at its fields. */
  private Set<String> leftOut(BeanDescription description, BeanDescription read) {
    JsonIgnoreProperties.Value ignored =
        writing
            .getConfig()
            .getDefaultPropertyIgnorals(description.getBeanClass(), description.getClassInfo());
    Set<String> names = ignored == null ? Set.of() : ignored.findIgnoredForSerialization();
    Set<String> leftOut = new HashSet<>(names);
    leftOut.addAll(description.getIgnoredPropertyNames());
    leftOut.addAll(read.getIgnoredPropertyNames());
    for (BeanPropertyDefinition property : description.findProperties()) {
      AnnotationIntrospector.ReferenceProperty reference = property.findReferenceType();
      boolean isBack = reference != null && reference.isBackReference();
      if (isBack || names.contains(property.getName())) {
        leftOut.add(property.getInternalName());
      }
    }
    return leftOut;
  }

  /** Which field a class has besides being a collection or a map; null if there is none. */
  @Nullable String ofContainer(JavaType type) {
    List<Field> fields = fields(type.getRawClass());
    return fields.isEmpty()
        ? null
        : "is written as what it contains, without its field '" + fields.get(0).getName() + "'";
  }

  /** The properties that are written, by the names that their fields would have. */
  private static Map<String, BeanPropertyWriter> written(
      BeanDescription description, BeanSerializerBase writer) {
    Map<String, BeanPropertyWriter> byName = new HashMap<>();
    for (Iterator<PropertyWriter> all = writer.properties(); all.hasNext(); ) {
      if (all.next() instanceof BeanPropertyWriter property) {
        byName.put(property.getName(), property);
      }
    }
    Map<String, BeanPropertyWriter> written = new HashMap<>();
    for (BeanPropertyDefinition property : description.findProperties()) {
      BeanPropertyWriter found = byName.get(property.getName());
      if (found != null) {
        written.put(property.getInternalName(), found);
      }
    }
    return written;
  }

  /** Which of the properties are set on reading. */
  private static Set<String> readBack(
      BeanDescription read, BeanDeserializerBase reader, Map<String, BeanPropertyWriter> written) {
    Set<String> introspected = new HashSet<>();
    for (BeanPropertyDefinition property : read.findProperties()) {
      if (property.couldDeserialize()) {
        introspected.add(property.getName());
      }
    }
    Set<String> back = new HashSet<>();
    written.forEach(
        (name, property) -> {
          if (reader.hasAnySetter()
              || property.isUnwrapping()
              || reader.hasProperty(property.getName())
              || introspected.contains(property.getName())) {
            back.add(name);
          }
        });
    return back;
  }

  /** The fields of an object that a program has given it, those of its superclasses too. */
  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> c = type; c != null && !TypeWalk.isOfJdk(c); c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        int modifiers = field.getModifiers();
        if (!Modifier.isStatic(modifiers)
            && !Modifier.isTransient(modifiers)
            && !field.isSynthetic()
            && !isDescribed(field)) {
          fields.add(field);
        }
      }
    }
    return fields;
  }

  private static boolean isDescribed(Field field) {
    if (field.getType().isAnnotationPresent(JsonIgnoreType.class)) {
      return true;
    }
    for (Annotation annotation : field.getAnnotations()) {
      if (annotation.annotationType().isAnnotationPresent(JacksonAnnotation.class)) {
        return true;
      }
    }
    return false;
  }
}
