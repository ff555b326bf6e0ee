package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A version of a class, compiled from its source and loaded apart from all others. */
final class Compiled {

  private Compiled() {}

  static Class<?> version(Path directory, String name, String source)
      throws IOException, ReflectiveOperationException {
    Path place = Files.createTempDirectory(directory, "version");
    Path file = Files.writeString(place.resolve(name + ".java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", place.toString(), file.toString());
    assertThat(result).isZero();
    URL[] urls = {place.toUri().toURL()};
    return new URLClassLoader(urls, Compiled.class.getClassLoader()).loadClass(name);
  }

  static Object make(Class<?> type, Object... arguments) throws ReflectiveOperationException {
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (constructor.getParameterCount() == arguments.length) {
        constructor.setAccessible(true);
        return constructor.newInstance(arguments);
      }
    }
    throw new AssertionError(type + " has no such constructor");
  }
}
