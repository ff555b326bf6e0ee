package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.embedded.redis.EmbeddedRedis;
import io.stowage.embedded.redis.EmbeddedRedisCluster;
import io.stowage.embedded.redis.EmbeddedSentinel;
import io.stowage.embedded.redis.TlsMaterial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against servers as they are really run; no password is ever printed. */
@Tag("one-jdk")
@Tag("full")
@Tag("server")
class TopologiesTest {

  private static final String PASSWORD = "sesame";
  private static final String ITEMS =
      IntStream.range(0, 100)
          .mapToObj(i -> "{\"id\":\"i" + i + "\",\"type\":\"t" + i % 5 + "\"}")
          .collect(Collectors.joining("\n"));

  @TempDir static Path directory;
  private static TlsMaterial material;
  private static EmbeddedRedisCluster cluster;
  private static EmbeddedSentinel sentinel;
  private static EmbeddedRedis single;

  @BeforeAll
  static void startServers() {
    material = TlsMaterial.generate(directory);
    cluster =
        EmbeddedRedisCluster.builder()
            .nodeTimeout(Duration.ofMinutes(2))
            .mutualTls(material)
            .user("app", PASSWORD, "~*", "+@all")
            .start();
    sentinel =
        EmbeddedSentinel.builder()
            .downAfter(Duration.ofMinutes(2))
            .user("app", PASSWORD, "~*", "+@all")
            .sentinelPassword("watchword")
            .start();
    single = EmbeddedRedis.builder().tls(material).password(PASSWORD).start();
  }

  @AfterAll
  static void stopServers() {
    try (TlsMaterial files = material;
        EmbeddedRedisCluster members = cluster;
        EmbeddedSentinel group = sentinel;
        EmbeddedRedis server = single) {
      assertThat(List.of(files, members, group, server)).hasSize(4);
    }
  }

  /** Stores, counts, checks, sweeps and looks at the servers, with the same options each time. */
  private static void useAll(CommandRun.Setting setting, int servers, String... options) {
    String store = "things";
    assertThat(run(setting.withInput(ITEMS), options, "import", store, "-").out())
        .startsWith("imported 100 items");
    assertThat(run(setting, options, "count", store, "--where", "type=t3").out()).isEqualTo("20\n");
    assertThat(run(setting, options, "list", store, "--limit", "3").lines()).hasSize(3);
    assertThat(run(setting, options, "doctor", store).out()).contains("nothing was found");
    assertThat(run(setting, options, "sweep", store).out()).contains("removed 0");
    List<String> table = run(setting, options, "doctor", "--server").lines();
    assertThat(table).filteredOn(line -> line.matches("127\\.0\\.0\\.1:\\d+ .*")).hasSize(servers);
    assertThat(run(setting, options, "delete", store, "i1", "i2").out())
        .startsWith("deleted 2 of 2");
  }

  private static CommandRun run(CommandRun.Setting setting, String[] options, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(Arrays.asList(options));
    CommandRun run = setting.run(all.toArray(String[]::new));
    assertThat(run.out() + run.err()).doesNotContain(PASSWORD).doesNotContain("watchword");
    assertThat(run.exitCode()).as("%s: %s%s", all, run.out(), run.err()).isZero();
    return run;
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void clusterWithCertificatesOnBothSides(String adapter) {
    useAll(
        CommandRun.Setting.in(directory).withUri(cluster.uri("app")),
        6,
        "--adapter",
        adapter,
        "--tls-ca",
        "ca.pem",
        "--tls-cert",
        "client.pem",
        "--tls-key",
        material.clientKey().toString(),
        "--command-timeout",
        "50s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void sentinelWithAPasswordOfItsOwn(String adapter) {
    CommandRun.Setting setting =
        CommandRun.Setting.in(directory)
            .withVariables(
                Map.of(
                    "STOWAGE_URI", sentinel.uri("app"), "STOWAGE_SENTINEL_PASSWORD", "watchword"));

    useAll(setting, 3, "--adapter", adapter);
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void oneServerWithTls(String adapter) {
    useAll(
        CommandRun.Setting.in(directory),
        1,
        "--uri",
        single.uri(),
        "--adapter",
        adapter,
        "--tls-ca",
        "ca.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-lettuce", "redis-jedis"})
  void aServerThatIsNotTrustedIsRefused(String adapter) {
    CommandRun.Setting setting = CommandRun.Setting.in(directory).withUri(single.uri());

    for (String[] options : new String[][] {{}, {"--tls-ca", "other-ca.pem"}}) {
      List<String> all = new ArrayList<>(List.of("count", "things", "--adapter", adapter));
      all.addAll(Arrays.asList(options));
      CommandRun run = setting.run(all.toArray(String[]::new));

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).hasLineCount(1).contains(":" + single.port()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void aKeyFileThatIsNoneIsNamed() {
    CommandRun run =
        CommandRun.Setting.in(directory)
            .withUri(single.uri())
            .run("count", "things", "--tls-cert", "client.pem", "--tls-key", "ca.pem");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains("ca.pem").contains("no private key");
  }

  @Test
  void aWrongSentinelPasswordIsNotRepeated() {
    CommandRun run =
        CommandRun.Setting.in(directory)
            .withVariables(
                Map.of("STOWAGE_URI", sentinel.uri("app"), "STOWAGE_SENTINEL_PASSWORD", "mistaken"))
            .run("count", "things");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .hasLineCount(1)
        .doesNotContain("mistaken")
        .doesNotContain(PASSWORD)
        .doesNotContain("watchword");
  }
}
