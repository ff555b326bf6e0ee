package io.stowage.embedded.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("server")
class BundledExecutableTest {

  @TempDir Path directory;

  @Test
  void manyUnpackAtOnceAndFindItWhole() throws Exception {
    Path cache = directory.resolve("a").resolve("b");
    ExecutorService executor = Executors.newFixedThreadPool(8);
    Set<Path> files = new HashSet<>();
    Callable<Path> unpack =
        () -> {
          Path file = new BundledExecutable(cache).unpack();
          assertThat(new ExecutableLauncher(file).version().number()).startsWith("6.2.");
          return file;
        };
    try {
      for (Future<Path> future : executor.invokeAll(List.of(unpack, unpack, unpack, unpack))) {
        files.add(future.get());
      }
    } finally {
      executor.shutdownNow();
    }
    assertThat(files).hasSize(1);
    Path file = files.iterator().next();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr-xr-x");
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).as("no partial file is left").containsExactly(file);
    }
  }

  @Test
  void aDamagedFileIsReplaced() throws Exception {
    String name =
        BundledExecutable.resource(System.getProperty("os.name"), System.getProperty("os.arch"))
            .orElseThrow()
            .substring(1);
    long size = Files.size(RedisBinary.bundled().path().orElseThrow());
    Path damaged = Files.write(directory.resolve(name), new byte[(int) size]);
    Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rwxr-xr-x"));

    Path file = new BundledExecutable(directory).unpack();

    assertThat(file).isEqualTo(damaged).hasSameBinaryContentAs(RedisBinary.bundled().path().get());
  }

  @Test
  void aCacheThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatExceptionOfType(EmbeddedRedisException.class)
        .isThrownBy(() -> new BundledExecutable(file.resolve("cache")).unpack())
        .withMessageContaining(file.toString())
        .withMessageContaining("XDG_CACHE_HOME");
  }

  @Test
  void theCacheIsWhereTheUserWantsIt() {
    assertThat(BundledExecutable.defaultCache(Map.of("XDG_CACHE_HOME", "/x")))
        .isEqualTo(Path.of("/x/stowage/redis"));
    assertThat(BundledExecutable.defaultCache(Map.of("XDG_CACHE_HOME", "relative")))
        .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "stowage", "redis"));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-amd64",
    "Linux, aarch64, linux-arm64",
    "Linux, i386, linux-386",
    "Mac OS X, x86_64, darwin-amd64",
    "Mac OS X, aarch64, darwin-arm64"
  })
  void platformsWithAServer(String os, String architecture, String suffix) {
    assertThat(BundledExecutable.resource(os, architecture))
        .hasValueSatisfying(resource -> assertThat(resource).contains("6.2").endsWith(suffix))
        .hasValueSatisfying(
            resource -> assertThat(BundledExecutable.class.getResource(resource)).isNotNull());
  }

  @ParameterizedTest
  @CsvSource({"Windows 11, amd64", "Linux, riscv64", "FreeBSD, amd64"})
  void platformsWithout(String os, String architecture) {
    assertThat(BundledExecutable.resource(os, architecture)).isEmpty();
  }
}
