package io.stowage.serialization.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** Records that declare a type in each place where an item may hold a value of it. */
final class Holders {

  /** Where a value is. */
  enum Place {
    FIELD("%s"),
    LIST("java.util.List<%s>"),
    MAP("java.util.Map<String, %s>"),
    KEY("java.util.Map<%s, String>"),
    OPTIONAL("java.util.Optional<%s>");

    private final String declaration;

    Place(String declaration) {
      this.declaration = declaration;
    }

    Object with(Object value) {
      return switch (this) {
        case FIELD -> value;
        case LIST -> Collections.singletonList(value);
        case MAP -> new HashMap<>(Collections.singletonMap("a", value));
        case KEY -> new HashMap<>(Collections.singletonMap(value, "a"));
        case OPTIONAL -> Optional.ofNullable(value);
      };
    }

    /** The one value that was put here. */
    Object in(Object held) {
      return switch (this) {
        case FIELD -> held;
        case LIST -> ((List<?>) held).get(0);
        case MAP -> ((Map<?, ?>) held).get("a");
        case KEY -> ((Map<?, ?>) held).keySet().iterator().next();
        case OPTIONAL -> ((Optional<?>) held).orElse(null);
      };
    }
  }

  private final ClassLoader loader;
  private final Map<String, String> names = new HashMap<>();

  /** Compiles the records of some types. */
  Holders(Path directory, List<String> declarations, Map<String, String> boxed) throws IOException {
    StringBuilder source = new StringBuilder("public interface Held {\n");
    for (String declaration : declarations) {
      for (Place place : Place.values()) {
        String name = "H" + names.size();
        names.put(place + " " + declaration, name);
        String type =
            place == Place.FIELD ? declaration : boxed.getOrDefault(declaration, declaration);
        source.append(
            "  record %s(%s value) {}\n".formatted(name, place.declaration.formatted(type)));
      }
    }
    Path file = Files.writeString(directory.resolve("Held.java"), source.append("}\n"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-nowarn", "-d", directory.toString(), file.toString());
    assertThat(result).isZero();
    this.loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, Holders.class.getClassLoader());
  }

  Holders(Path directory, List<JdkType> types) throws IOException {
    this(
        directory,
        types.stream().map(JdkType::declaration).toList(),
        types.stream().collect(Collectors.toMap(JdkType::declaration, JdkType::boxed)));
  }

  /** A record that holds the value in the place. */
  Object holding(String declaration, Place place, Object value) {
    try {
      String name = "Held$" + names.get(place + " " + declaration);
      Constructor<?> constructor = loader.loadClass(name).getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.newInstance(value == ABSENT ? null : place.with(value));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(declaration, e);
    }
  }

  /** Stands for null in the record itself. */
  static final Object ABSENT = new Object();

  /** What such a record holds. */
  static Object held(Object holder) {
    try {
      Method accessor = holder.getClass().getDeclaredMethod("value");
      accessor.setAccessible(true);
      return accessor.invoke(holder);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(holder.getClass().getName(), e);
    }
  }
}
