package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.cli.terminal.Environment;
import io.stowage.embedded.redis.EmbeddedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong: one line on standard error that names it, nothing on standard output. */
@Tag("server")
class BadInputTest {

  @TempDir static Path directory;
  private static EmbeddedRedis redis;
  private static CommandRun.Setting setting;

  @BeforeAll
  static void startRedis() throws Exception {
    redis = EmbeddedRedis.builder().password("sesame").start();
    setting = CommandRun.Setting.in(directory).withUri(redis.uri());
    Files.writeString(directory.resolve("text"), "This is a text.\nWith two lines.\n");
    Files.write(directory.resolve("binary"), new byte[] {0, 1, (byte) 0xff, 10, 2});
    Files.createDirectory(directory.resolve("folder"));
    assertThat(setting.withInput("{\"id\":\"1\"}").run("import", "known", "-").exitCode()).isZero();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What the command line says makes no sense: 2.
        "count known --uri foo                         | 2 | foo",
        "count known --uri foo://bar                   | 2 | foo",
        "count known --uri redis://                    | 2 | host",
        "count known --uri redis://localhost:port      | 2 | port",
        "count known --uri memory: --adapter redis-jedis | 2 | redis-jedis",
        "count known --adapter mongo                   | 2 | mongo",
        "count known --nope                            | 2 | --nope",
        "count known surplus                           | 2 | surplus",
        "count                                         | 2 | STORE",
        "get known                                     | 2 | ID",
        "delete known                                  | 2 | ID",
        "import known                                  | 2 | FILE",
        "frobnicate                                    | 2 | frobnicate",
        "count no:colon                                | 2 | no:colon",
        "list known --limit 0                          | 2 | 0",
        "list known --limit many                       | 2 | many",
        "list known --limit 99999999999                | 2 | 99999999999",
        "list known --where nonsense                   | 2 | nonsense",
        "list known --where =x                         | 2 | =x",
        "list known --where a..b=x                     | 2 | a..b",
        "list known --filter {\"a\":                   | 2 | {\"a\":",
        "list known --filter [1]                       | 2 | an array",
        "list known --filter {\"a\":{\"$near\":1}}     | 2 | $near",
        "list known --filter {\"a\":[1]}               | 2 | $in",
        "import known text --ttl soon                  | 2 | soon",
        "import known text --ttl 0s                    | 2 | 0s",
        "import known text --ttl 99999999d             | 2 | 99999999d",
        "import known text --index a,a                 | 2 | a",
        "import no:colon text                          | 2 | no:colon",
        "count known --uri redis-cluster://            | 2 | host",
        "count known --uri redis-sentinel://localhost  | 2 | name",
        "count known --tls-ca text                     | 2 | --tls-ca",
        "count known --uri rediss://localhost:1 --tls-cert text | 2 | --tls-key",
        "count known --uri rediss://localhost:1 --tls-key text  | 2 | --tls-cert",
        "count known --sentinel-user me                | 2 | --sentinel-user",
        "count known --uri redis-sentinel://localhost:1/m --sentinel-user me | 2 | STOWAGE_SENTINEL",
        "count known --connect-timeout 20m             | 2 | connectTimeout",
        "count known --command-timeout 2               | 2 | --command-timeout",
        "doctor                                        | 2 | --server",
        "doctor known --server                         | 2 | --server",
        "doctor --server --repair                      | 2 | --server",
        "doctor known --ttl soon                       | 2 | soon",
        "doctor known --grace 1ms                      | 2 | gracePeriod",
        "sweep                                         | 2 | STORE",
        "sweep known --max-entries 0                   | 2 | maxEntries",
        "sweep known --rate many                       | 2 | many",
        "reindex known                                 | 2 | --drop",
        "reindex known --index a --drop a              | 2 | 'a'",
        "reindex known --index a..b                    | 2 | a..b",
        // What it asks for fails: 1.
        "count known --uri redis://localhost:1                         | 1 | localhost:1",
        "count known --uri redis://localhost:1 --adapter redis-jedis   | 1 | localhost:1",
        "count known --uri redis://no-such-host.invalid                | 1 | no-such-host.invalid",
        "count known --uri redis-cluster://localhost:1                 | 1 | localhost:1",
        "count known --uri redis-cluster://localhost:1 --adapter redis-jedis    | 1 | localhost:1",
        "count known --uri redis-sentinel://localhost:1/m              | 1 | localhost:1",
        "count known --uri redis-sentinel://localhost:1/m --adapter redis-jedis | 1 | localhost:1",
        "count known --uri rediss://localhost:1                        | 1 | localhost:1",
        "count known --uri rediss://localhost:1 --tls-ca nosuch        | 1 | nosuch",
        "count known --uri rediss://localhost:1 --tls-ca folder        | 1 | folder",
        "doctor unknown                                | 1 | unknown",
        "doctor unknown --uri memory:                  | 1 | unknown",
        "sweep unknown                                 | 1 | unknown",
        "reindex unknown --index a                     | 1 | unknown",
        "reindex known --drop nosuch                   | 1 | nosuch",
        "reindex known --index type                    | 1 | type",
        "count unknown                                 | 1 | unknown",
        "list unknown                                  | 1 | unknown",
        "get unknown 1                                 | 1 | unknown",
        "delete unknown 1                              | 1 | unknown",
        "get known 2                                   | 1 | '2'",
        "import known nosuchfile                       | 1 | nosuchfile",
        "import known folder                           | 1 | folder",
        "import known text                             | 1 | line 1",
        "import known binary                           | 1 | line 1",
      })
  void badInput(String command, int exitCode, String named) {
    CommandRun.Setting patience = command.contains(" --uri ") ? setting.asGiven() : setting;
    CommandRun run = patience.run(command.split(" "));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("stowage").contains(named).doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource({"redis-lettuce, open", "redis-jedis, open", "redis-lettuce, ''", "redis-jedis, ''"})
  void wrongPasswordIsNotRepeated(String adapter, String password) {
    String user = password.isEmpty() ? "" : ":" + password + "@";
    String uri = "redis://" + user + redis.host() + ":" + redis.port();

    CommandRun run = setting.run("count", "known", "--uri", uri, "--adapter", adapter);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .contains(Integer.toString(redis.port()))
        .doesNotContain(":open@")
        .doesNotContain("sesame");
  }

  @Test
  void verboseAddsTheStackTrace() {
    CommandRun run = setting.run("get", "known", "2", "--verbose");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("\tat io.stowage.cli.");
  }

  @Test
  void withoutACommandTheCommandsAreNamed() {
    CommandRun run = setting.run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("demo, import, get, list, count, delete, doctor, sweep, reindex")
        .hasLineCount(1);
  }

  @Test
  void helpIsNoError() {
    for (String command : Main.commands(Environment.ofProcess()).getSubcommands().keySet()) {
      CommandRun run = setting.run(command, "--help");

      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("Usage: stowage " + command);
      assertThat(run.err()).isEmpty();
    }
    assertThat(setting.run("--help").out()).contains("Exit code: 0 done, 1 failed, 2 wrong usage.");
    assertThat(setting.run("--version").out()).startsWith("stowage ");
  }
}
