package io.stowage.serialization.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Kryo is optional: where it is not installed, all other codecs are found and work. */
class KryoAbsentTest {

  @Test
  void theCodecIsFoundAndSaysWhatItNeeds() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(withoutKryo(), ClassLoader.getPlatformClassLoader())) {
      Class<?> port = loader.loadClass("io.stowage.spi.SerializationPort");
      List<Object> found = new ArrayList<>();
      ServiceLoader.load(port, loader).forEach(found::add);

      Object codec =
          found.stream()
              .filter(one -> one.getClass().getName().equals(KryoCodec.class.getName()))
              .findFirst()
              .orElseThrow();
      assertThat(port.getMethod("name").invoke(codec)).isEqualTo("kryo");
      assertThatThrownBy(() -> port.getMethod("encode", Object.class).invoke(codec, Map.of()))
          .rootCause()
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> port.getMethod("encode", Object.class).invoke(codec, Map.of()))
          .cause()
          .hasMessage(
              "codec 'kryo' needs com.esotericsoftware:kryo, which is not on the class path");
    }
  }

  private static URL[] withoutKryo() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("esotericsoftware")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }
}
