package io.stowage.system.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.TlsMaterial;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** The README's Java is compiled as it stands there, and run. */
@Tag("one-jdk")
@Tag("server")
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final int LONGEST_CONTRACT_LINES = 25;

  /** Time-outs that no pause of the machine makes too short; the README is content with less. */
  private static final String PATIENT =
      ".connectTimeout(java.time.Duration.ofSeconds(40))"
          + ".commandTimeout(java.time.Duration.ofSeconds(40))";

  @TempDir Path target;
  private static EmbeddedRedis redis;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  private static Snippet snippet(String name) throws Exception {
    return Snippet.in(README).stream()
        .filter(snippet -> snippet.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the README shows no class " + name));
  }

  @Test
  void everySnippetIsRunHere() throws Exception {
    assertThat(Snippet.in(README))
        .extracting(Snippet::name)
        .containsExactly("Hello", "Carts", "OnCluster", "MyAdapterContractTest", "LayersTest");
  }

  @Test
  void hello() throws Exception {
    assertThat(run("Hello")).isEqualTo("1 message: Hello!\n");
  }

  @Test
  void carts() throws Exception {
    assertThat(run("Carts")).isEqualTo("STORED, VERSION_CONFLICT\n1 cart, for true\n");
  }

  @Test
  void onCluster() throws Exception {
    try (TlsMaterial material = TlsMaterial.generate();
        EmbeddedRedisCluster cluster =
            EmbeddedRedisCluster.builder()
                .nodeTimeout(Duration.ofMinutes(2))
                .tls(material)
                .user("shop", "s3cret", "~*", "+@all")
                .start()) {
      Snippet shown = snippet("OnCluster");
      Compilation.compile(target, shown);
      Snippet here =
          shown
              .replacing(
                  "rediss-cluster://shop:s3cret@localhost:7000,localhost:7001", cluster.uri("shop"))
              .replacing("ca.pem", material.authority().toString())
              .replacing("Duration.ofMillis(500)", "Duration.ofSeconds(30)")
              .replacing(".open()", PATIENT + ".open()");

      assertThat(run(here)).isEqualTo("true\n");
    }
  }

  private String run(String name) throws Exception {
    Snippet shown = snippet(name);
    Compilation.compile(target, shown);
    return run(
        shown.replacing(
            "StoragePlatform.open(\"redis://localhost:6379\")",
            "StoragePlatform.builder().uri(\"" + redis.uri() + "\")" + PATIENT + ".open()"));
  }

  /** Runs a program with one Redis adapter on its class path, as its reader would. */
  private String run(Snippet program) throws Exception {
    Compilation.compile(target, program);
    Path output = target.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                target + File.pathSeparator + classPathWithOneRedisAdapter(),
                program.name())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the program ends").isTrue();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }

  private static String classPathWithOneRedisAdapter() {
    String whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(entry -> !entry.contains("adapter-redis-lettuce"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void contractOfAnAdapter() throws Exception {
    Snippet contract = snippet("MyAdapterContractTest");
    assertThat(contract.source().lines()).hasSizeLessThan(LONGEST_CONTRACT_LINES);

    EngineExecutionResults results = execute(contract, MY_ADAPTER);

    assertThat(results.testEvents().failed().list()).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isGreaterThan(40);
  }

  @Test
  void layersThatHold() throws Exception {
    EngineExecutionResults results = execute(snippet("LayersTest"), shop("io.stowage.api.Storage"));

    assertThat(results.testEvents().failed().list()).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(2);
  }

  @Test
  void layersThatDoNotHold() throws Exception {
    EngineExecutionResults results =
        execute(snippet("LayersTest"), shop("io.stowage.spi.PersistencePort"));

    assertThat(results.testEvents().failed().count()).isEqualTo(1);
  }

  /** Compiles a test class with what it is about, and runs it as JUnit would. */
  private EngineExecutionResults execute(Snippet test, Snippet... subject) throws Exception {
    List<Snippet> sources =
        java.util.stream.Stream.concat(java.util.stream.Stream.of(test), Arrays.stream(subject))
            .toList();
    Compilation.compile(target, sources.toArray(Snippet[]::new));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {target.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      return EngineTestKit.engine("junit-jupiter")
          .selectors(selectClass(loader.loadClass(test.name())))
          .execute();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static final Snippet MY_ADAPTER =
      new Snippet(
          "MyAdapterProvider",
          """
          import io.stowage.adapter.memory.MemoryAdapterProvider;
          import io.stowage.spi.AdapterProvider;
          import io.stowage.spi.ConnectionSettings;
          import io.stowage.spi.StorageAdapter;

          class MyAdapterProvider implements AdapterProvider {

            @Override
            public String name() {
              return "my";
            }

            @Override
            public boolean serves(String scheme) {
              return scheme.equals("my");
            }

            @Override
            public StorageAdapter connect(ConnectionSettings settings) {
              return new MemoryAdapterProvider()
                  .connect(ConnectionSettings.of("memory:").withKeyPrefix(settings.keyPrefix()));
            }
          }
          """);

  /** An application class outside of the wiring that uses a type of Stowage, and one inside. */
  private static Snippet[] shop(String used) {
    return new Snippet[] {
      new Snippet(
          "Orders",
          "package com.acme.shop;\n\nclass Orders {\n  %s%s storage;\n}\n"
              .formatted(used, used.endsWith("Storage") ? "<String>" : "")),
      new Snippet(
          "Wiring",
          "package com.acme.shop.wiring;\n\nclass Wiring {\n  io.stowage.spi.AdapterProvider provider;\n}\n")
    };
  }
}
