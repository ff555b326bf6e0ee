package io.stowage.serialization.binding;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.impl.InnerClassProperty;
import tools.jackson.databind.deser.impl.UnsupportedTypeDeserializer;
import tools.jackson.databind.deser.jdk.ArrayBlockingQueueDeserializer;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.deser.std.ReferenceTypeDeserializer;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.jdk.JDKKeySerializers;

/**
 * Looks through all types that the items of one type may consist of, for the first that could not
 * be read back. A loop and no recursion; each type once.
 */
final class TypeWalk {

  private static final Set<Class<?>> WITHOUT_FORM =
      Set.of(ThreadGroup.class, SynchronousQueue.class);

  /**
   * Where a type stands.
   *
   * @param reader what reads it there; null to ask the mapper
   * @param isTold whether what is written there tells the class of each value
   */
  private record Place(
      JavaType type, @Nullable ValueDeserializer<?> reader, boolean isTold, String where) {}

  private record Seen(JavaType type, @Nullable Class<?> reader, boolean isTold) {}

  private final DeserializationContext reading;
  private final SerializationContext writing;
  private final LostFields lost;
  private final Set<Seen> seen = new HashSet<>();
  private final Deque<Place> open = new ArrayDeque<>();

  TypeWalk(JsonMapper mapper) {
    this.reading = mapper._deserializationContext();
    this.writing = mapper._serializationContext();
    this.lost = new LostFields(reading, writing);
  }

  /** Why items of a type could not be read back; null if they could. */
  @Nullable String refusal(Class<?> type) {
    JavaType root = reading.constructType(type);
    visit(root, null, isTold(root), type.getSimpleName());
    try {
      for (Place place = open.poll(); place != null; place = open.poll()) {
        String reason = place.isTold() ? subtypes(place) : reason(place);
        if (reason != null) {
          return "'" + place.where() + "' of type " + name(place.type()) + " " + reason;
        }
      }
      return null;
    } catch (JacksonException e) {
      return e.getOriginalMessage();
    }
  }

  private static String name(JavaType type) {
    return type.toCanonical();
  }

  /** Whether what is written of a type tells the class of each value. */
  boolean isTold(Class<?> type) {
    return isTold(reading.constructType(type));
  }

  private boolean isTold(JavaType type) {
    return type.getTypeHandler() != null || reading.findTypeDeserializer(type) != null;
  }

  private void visit(
      JavaType type, @Nullable ValueDeserializer<?> reader, boolean isTold, String where) {
    if (seen.add(new Seen(type, reader == null ? null : reader.getClass(), isTold))) {
      open.add(new Place(type, reader, isTold, where));
    }
  }

  /**
   * The classes that a name may stand for; of those that no name is declared for nothing is known.
   */
  private @Nullable String subtypes(Place place) {
    AnnotatedClass base = reading.introspectClassAnnotations(place.type());
    Collection<NamedType> subtypes =
        reading
            .getConfig()
            .getSubtypeResolver()
            .collectAndResolveSubtypesByTypeId(reading.getConfig(), base);
    for (NamedType subtype : subtypes) {
      JavaType type = reading.constructType(subtype.getType());
      if (type.isConcrete() && !type.equals(place.type())) {
        visit(type, null, false, type.getRawClass().getSimpleName());
      }
    }
    return place.type().isConcrete() ? reason(place) : null;
  }

  private @Nullable String reason(Place place) {
    JavaType type = place.type();
    ValueDeserializer<?> reader = place.reader();
    if (reader == null) {
      reader = reading.findContextualValueDeserializer(type, null);
    }
    if (reader instanceof AbstractDeserializer) {
      return "is abstract, and nothing that is written tells the class of a value; annotate it with"
          + " @JsonTypeInfo, declare a class, or take the codec kryo";
    }
    if (reader instanceof UnsupportedTypeDeserializer || isWithoutForm(type, reader)) {
      return "is of a class of the JDK that the codec has no form for";
    }
    if (reader instanceof BeanDeserializerBase bean) {
      return reasonOfBean(place, bean);
    }
    if (reader instanceof ContainerDeserializerBase<?> container) {
      return reasonOfContainer(place, container);
    }
    if (reader instanceof ReferenceTypeDeserializer<?>) {
      return reasonOfReference(place);
    }
    return null;
  }

  /**
   * What Jackson takes for a bean is one of the program's: those of the JDK hide what they hold.
   */
  private static boolean isWithoutForm(JavaType type, ValueDeserializer<?> reader) {
    return WITHOUT_FORM.contains(type.getRawClass())
        || (reader instanceof BeanDeserializerBase && isOfJdk(type.getRawClass()));
  }

  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  private @Nullable String reasonOfBean(Place place, BeanDeserializerBase bean) {
    ValueSerializer<?> writer = writing.findValueSerializer(place.type());
    ValueInstantiator maker = bean.getValueInstantiator();
    boolean isObject = writer instanceof BeanSerializerBase;
    if (!canMake(maker) && (isObject || !maker.canInstantiate())) {
      return "has no constructor that the codec could use; give it one without parameters, or"
          + " annotate one with @JsonCreator";
    }
    if (maker.canCreateUsingDelegate()) {
      JavaType delegate = maker.getDelegateType(reading.getConfig());
      visit(delegate, null, isTold(delegate), place.where());
    }
    for (Iterator<SettableBeanProperty> all = bean.properties(); all.hasNext(); ) {
      SettableBeanProperty property = all.next();
      if (!(property instanceof InnerClassProperty)) {
        visit(
            property.getType(),
            property.getValueDeserializer(),
            property.hasValueTypeDeserializer(),
            place.where() + "." + property.getName());
      }
    }
    boolean isAlike = isObject && !maker.canCreateUsingDelegate();
    return isAlike ? lost.ofBean(place.type(), bean, (BeanSerializerBase) writer) : null;
  }

  private static boolean canMake(ValueInstantiator maker) {
    return maker.canCreateUsingDefault()
        || maker.canCreateFromObjectWith()
        || maker.canCreateUsingDelegate()
        || maker.canCreateUsingArrayDelegate();
  }

  private static boolean canMake(ContainerDeserializerBase<?> container) {
    ValueInstantiator maker = container.getValueInstantiator();
    return maker == null || (canMake(maker) && !container.getValueType().isAbstract());
  }

  private @Nullable String reasonOfContainer(Place place, ContainerDeserializerBase<?> container) {
    JavaType type = place.type();
    if (!(container instanceof ArrayBlockingQueueDeserializer) && !canMake(container)) {
      return "is of a class that cannot be made empty; declare one with a constructor without"
          + " parameters";
    }
    if (type.isMapLikeType() && hasNoText(type.getKeyType())) {
      return "has keys of "
          + name(type.getKeyType())
          + ", whose text tells nothing of them; annotate what they are written as with @JsonKey";
    }
    JavaType content = container.getContentType();
    if (content != null) {
      visit(
          content,
          container.getContentDeserializer(),
          isTold(content),
          place.where() + (Map.class.isAssignableFrom(type.getRawClass()) ? "{}" : "[]"));
    }
    return type.isArrayType() ? null : lost.ofContainer(type);
  }

  /** Whether keys are written as a text that the compiler or the JDK made up for them. */
  private boolean hasNoText(JavaType key) {
    ValueSerializer<?> writer = writing.findKeySerializer(key, null);
    boolean isText =
        writer instanceof JDKKeySerializers.Default || writer instanceof JDKKeySerializers.Dynamic;
    if (!isText || isOfJdk(key.getRawClass()) || key.isInterface()) {
      return false;
    }
    try {
      Method text = key.getRawClass().getMethod("toString");
      boolean isOfRecord =
          text.getDeclaringClass().isRecord() && Modifier.isFinal(text.getModifiers());
      return isOfRecord || text.getDeclaringClass() == Object.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(key + " has no text", e);
    }
  }

  private @Nullable String reasonOfReference(Place place) {
    JavaType content = place.type().getContentType();
    if (DeclaredCheck.isOptional(content)) {
      return "holds an optional in another, and an empty one inside would come back as none";
    }
    visit(content, null, isTold(content), place.where());
    return null;
  }
}
