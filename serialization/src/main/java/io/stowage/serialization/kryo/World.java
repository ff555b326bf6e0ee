package io.stowage.serialization.kryo;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The classes that may occur in an item: its own, those that its fields declare, the same of these,
 * what sealed types permit, and some enums of the JDK. No class is initialised by asking.
 */
final class World {

  private static final List<Class<?>> ALWAYS =
      List.of(DayOfWeek.class, Month.class, ChronoUnit.class, TimeUnit.class);

  private final Map<String, Class<?>> byName = new HashMap<>();

  /** The classes that these declare, directly and through others. */
  World(Collection<? extends Class<?>> roots) {
    for (Class<?> always : ALWAYS) {
      byName.put(always.getName(), always);
    }
    Walk walk = new Walk();
    roots.forEach(walk::visit);
    walk.run();
  }

  boolean permits(Class<?> type) {
    return byName.get(type.getName()) == type;
  }

  /** The class of this name, or null if none is permitted. */
  @Nullable Class<?> named(String name) {
    return byName.get(name);
  }

  /** All classes here. */
  Collection<Class<?>> classes() {
    return byName.values();
  }

  /** Whether a class belongs to the JDK: such are known to the codec one by one, or not at all. */
  static boolean isOfJdk(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null || loader == ClassLoader.getPlatformClassLoader();
  }

  /** Follows declarations, each type once; a loop and no recursion, however long the chains are. */
  private final class Walk {

    private final Set<Type> seen = new HashSet<>();
    private final Deque<Type> open = new ArrayDeque<>();

    void visit(@Nullable Type type) {
      if (type != null && seen.add(type)) {
        open.add(type);
      }
    }

    void run() {
      for (Type type = open.poll(); type != null; type = open.poll()) {
        if (type instanceof Class<?> named) {
          enter(named);
        } else if (type instanceof ParameterizedType generic) {
          visit(generic.getRawType());
          visitAll(generic.getActualTypeArguments());
        } else if (type instanceof GenericArrayType array) {
          visit(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
          visitAll(wildcard.getUpperBounds());
          visitAll(wildcard.getLowerBounds());
        } else if (type instanceof TypeVariable<?> variable) {
          visitAll(variable.getBounds());
        }
      }
    }

    private void visitAll(Type[] types) {
      for (Type type : types) {
        visit(type);
      }
    }

    private void enter(Class<?> type) {
      if (type.isArray()) {
        visit(type.getComponentType());
        return;
      }
      if (type.isPrimitive() || isOfJdk(type)) {
        return;
      }
      byName.put(type.getName(), type);
      visit(type.getGenericSuperclass());
      if (type.isSealed()) {
        visitAll(type.getPermittedSubclasses());
      }
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isTransient(field.getModifiers())) {
          visit(field.getGenericType());
        }
      }
    }
  }
}
