package io.stowage.serialization.kryo;

import io.stowage.spi.SerializationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classes that are stored by name. A name is looked for among the permitted classes only: no
 * class is ever loaded because bytes name it.
 */
final class NamedClasses {

  /** So many names of stored forms are remembered, if they are no longer than forms are. */
  private static final int MAX_REMEMBERED = 500;

  private static final int MAX_REMEMBERED_LENGTH = 4_000;

  private static final String ARRAY = "[]";

  /** As many as the JVM has. */
  private static final int MAX_DIMENSIONS = 255;

  /** Types that only arrays have: nothing is an object of exactly these. */
  private static final Map<String, Class<?>> COMPONENTS = new HashMap<>();

  static {
    for (Class<?> type :
        List.<Class<?>>of(
            Object.class,
            Number.class,
            Comparable.class,
            CharSequence.class,
            Iterable.class,
            Collection.class,
            List.class,
            Set.class,
            Map.class)) {
      COMPONENTS.put(type.getName(), type);
    }
  }

  private final ClassTags tags;
  private final FixedTags fixed;
  private final Map<String, Class<?>> renamed;
  private final Map<Class<?>, NamedRegistration> written = new HashMap<>();
  private final Map<String, NamedRegistration> read = new HashMap<>();
  private final Map<String, NamedRegistration> structures = new HashMap<>();

  NamedClasses(ClassTags tags, FixedTags fixed, Map<String, Class<?>> renamed) {
    this.tags = tags;
    this.fixed = fixed;
    this.renamed = renamed;
  }

  /**
   * How objects of a class are written.
   *
   * @throws SerializationException if the class is not permitted or cannot be held
   */
  NamedRegistration ofClass(Class<?> runtime, World world) {
    Class<?> type = declaring(runtime);
    requirePermitted(type, world);
    NamedRegistration known = written.get(type);
    if (known == null) {
      known = registration(type, null);
      written.put(type, known);
    }
    return known;
  }

  /** Constants with a body of their own are of a class of their own. */
  private static Class<?> declaring(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return parent != null && parent.isEnum() ? parent : type;
  }

  private void requirePermitted(Class<?> type, World world) {
    Class<?> element = type;
    while (element.isArray()) {
      element = element.getComponentType();
    }
    boolean isPermitted =
        world.permits(element)
            || (type.isArray()
                && (element.isPrimitive()
                    || COMPONENTS.containsValue(element)
                    || fixed.of(element) != null));
    if (!isPermitted) {
      throw refusal(type);
    }
  }

  private static SerializationException refusal(Class<?> type) {
    String name = type.getName();
    if (type.isHidden() || type.isSynthetic()) {
      return new SerializationException(
          name + " is a lambda or generated while the program runs; such objects cannot be held",
          null);
    }
    if (World.isOfJdk(type)) {
      return new SerializationException(
          name + " is a class of the JDK that the codec has no form for", null);
    }
    return new SerializationException(
        "class "
            + name
            + " is not allowed: no field of the item's class declares it; allow it with"
            + " KryoCodec.builder().allow("
            + type.getSimpleName()
            + ".class)",
        null);
  }

  /**
   * How objects stored under a name are read.
   *
   * @throws SerializationException if the name is that of no permitted class
   */
  NamedRegistration ofName(String name, World world) {
    NamedRegistration known = read.get(name);
    if (known != null && isStill(known, name, world)) {
      return known;
    }
    NamedRegistration made = registration(permitted(className(name), world), name);
    remember(read, name, made);
    return made;
  }

  /** Class loaders may hold classes of the same name, and worlds differ. */
  private boolean isStill(NamedRegistration known, String name, World world) {
    return known.getType() == permitted(className(name), world);
  }

  /** The name of the class in the name of a stored form. */
  static String className(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  private Class<?> permitted(String name, World world) {
    int length = name.length();
    int dimensions = 0;
    while (name.startsWith(ARRAY, length - ARRAY.length())) {
      length -= ARRAY.length();
      dimensions++;
    }
    if (dimensions == 0) {
      return permittedClass(name, world);
    }
    if (dimensions > MAX_DIMENSIONS) {
      throw new SerializationException(
          "payload has an array of " + dimensions + " dimensions; allowed are " + MAX_DIMENSIONS,
          null);
    }
    Class<?> type = component(name.substring(0, length), world);
    for (int i = 0; i < dimensions; i++) {
      type = type.arrayType();
    }
    return type;
  }

  private Class<?> permittedClass(String name, World world) {
    Class<?> type = world.named(name);
    if (type == null) {
      type = renamed.get(name);
    }
    if (type == null) {
      throw new SerializationException(
          "payload names the class '"
              + shortened(name)
              + "', which is not allowed here; allow it with KryoCodec.builder().allow, or if it"
              + " has another name now with rename",
          null);
    }
    requirePermitted(type, world);
    return type;
  }

  private Class<?> component(String name, World world) {
    Class<?> type = COMPONENTS.get(name);
    if (type == null) {
      type = Primitives.named(name);
    }
    if (type == null) {
      type = fixed.named(name);
    }
    return type == null ? permittedClass(name, world) : type;
  }

  private static String shortened(String name) {
    return name.length() <= 200 ? name : name.substring(0, 200) + "…";
  }

  /** With the fields that a name tells, or without a name with those that the class has. */
  private NamedRegistration registration(Class<?> type, @Nullable String stored) {
    if (type.isArray()) {
      return new NamedRegistration(
          type, new ArraySerializer(type.getComponentType()), type.getTypeName());
    }
    if (type.isEnum()) {
      requireForm(type, stored, false);
      return new NamedRegistration(type, new EnumSerializer(type), type.getName());
    }
    requireForm(type, stored, true);
    ClassShape shape = new ClassShape(type);
    List<String> fields =
        stored == null ? new ArrayList<>(shape.slots().keySet()) : ClassShape.fieldsIn(stored);
    return new NamedRegistration(type, new ShapeSerializer(tags, shape, fields), shape.text());
  }

  private static void requireForm(Class<?> type, @Nullable String stored, boolean hasFields) {
    if (stored != null && (stored.indexOf('/') >= 0) != hasFields) {
      throw new SerializationException(
          "payload has " + type.getName() + " as an enum where it is none, or the reverse", null);
    }
  }

  /** How objects stored under a name are read if their class need not be known. */
  NamedRegistration structureOf(String name) {
    NamedRegistration known = structures.get(name);
    if (known == null) {
      known = structure(name);
      remember(structures, name, known);
    }
    return known;
  }

  private static NamedRegistration structure(String name) {
    if (name.indexOf('/') >= 0) {
      return new NamedRegistration(
          Map.class, new StructureSerializer(ClassShape.fieldsIn(name)), name);
    }
    if (name.endsWith(ARRAY)) {
      return new NamedRegistration(
          List.class, new CollectionSerializer(ArrayList::new, full -> full), name);
    }
    return new NamedRegistration(
        String.class,
        new ScalarSerializer<String>(CheckedOutput::writeString, CheckedInput::readText),
        name);
  }

  private static void remember(
      Map<String, NamedRegistration> known, String name, NamedRegistration registration) {
    if (name.length() > MAX_REMEMBERED_LENGTH) {
      return;
    }
    if (known.size() >= MAX_REMEMBERED) {
      known.clear();
    }
    known.put(name, registration);
  }
}
