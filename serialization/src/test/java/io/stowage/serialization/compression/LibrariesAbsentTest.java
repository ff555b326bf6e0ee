package io.stowage.serialization.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries of algorithms are optional: one that is missing is named, and nothing else breaks. */
class LibrariesAbsentTest {

  @ParameterizedTest
  @CsvSource({
    "zstd, zstd-jni, com.github.luben:zstd-jni, lz4",
    "lz4, lz4-java, at.yawk.lz4:lz4-java, zstd",
  })
  void aMissingLibraryIsNamed(String algorithm, String jar, String artifact, String other)
      throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(without(jar), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> compressor(loader, algorithm))
          .cause()
          .hasMessage(
              "compression '%s' needs %s, which is not on the class path", algorithm, artifact);
      assertThat(compressor(loader, "gzip")).isNotNull();
      assertThat(compressor(loader, other)).isNotNull();
    }
  }

  private static Object compressor(ClassLoader loader, String algorithm) throws Exception {
    Class<?> settings = loader.loadClass("io.stowage.api.Compression");
    Object compression = settings.getMethod(algorithm).invoke(null);
    return loader
        .loadClass("io.stowage.serialization.compression.Compressors")
        .getMethod("of", settings)
        .invoke(null, compression);
  }

  private static URL[] without(String jar) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains(jar)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }
}
