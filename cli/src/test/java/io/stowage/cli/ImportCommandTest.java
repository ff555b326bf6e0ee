package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stowage.embedded.redis.EmbeddedRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** import: what it accepts, what it refuses, and what is stored then. */
@Tag("server")
class ImportCommandTest {

  @TempDir Path directory;
  private static EmbeddedRedis redis;
  private CommandRun.Setting setting;
  private String store;

  @BeforeAll
  static void startRedis() {
    redis = EmbeddedRedis.start();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @BeforeEach
  void chooseStore(TestInfo test) {
    setting = CommandRun.Setting.in(directory).withUri(redis.uri());
    store = test.getTestMethod().orElseThrow().getName();
  }

  private static String items(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{\"id\":\"i%d\",\"type\":\"t%d\",\"n\":%d}\n".formatted(i, i % 3, i))
        .collect(Collectors.joining());
  }

  private String count(String... conditions) {
    String[] arguments =
        IntStream.range(0, conditions.length + 2)
            .mapToObj(i -> i == 0 ? "count" : i == 1 ? store : conditions[i - 2])
            .toArray(String[]::new);
    return setting.run(arguments).out().strip();
  }

  @Test
  void aFileOfSeveralBatches() throws IOException {
    Files.writeString(directory.resolve("items.jsonl"), items(0, 1_777));

    CommandRun run = setting.run("import", store, "items.jsonl", "--index", "type", "--range", "n");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .matches("imported 1777 items into '" + store + "' in \\d+\\.\\d s \\(redis-lettuce\\)\n");
    assertThat(run.err()).isEmpty();
    assertThat(count()).isEqualTo("1777");
    assertThat(count("--where", "type=t1")).isEqualTo("592");
    assertThat(count("--where", "n>=1700")).isEqualTo("77");
  }

  @Test
  void itemsWithoutAPlaceAreTold() throws IOException {
    Files.writeString(
        directory.resolve("items.jsonl"),
        """
        {"id":"a","at":"2025-01-01T00:00:00Z","n":1}
        {"id":"b","at":"2025-01-01T00:00:00","n":"2"}
        {"id":"c"}
        {"id":"d","at":4,"n":"x"}
        """);

    CommandRun run =
        setting.run(
            "import", store, "items.jsonl", "--index", "type", "--range", "n", "--order", "at");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains(
            "2 items, the first in line 2, have no number or moment in 'at': they are the oldest"
                + " of all\n")
        .contains(
            "2 items, the first in line 2, have no number or moment in 'n': no range of it has"
                + " them\n");
    assertThat(setting.run("import", store, "items.jsonl").out())
        .as("by the stored definition")
        .contains("2 items, the first in line 2, have no number or moment in 'at'");
  }

  @Test
  void gzipUnderAnyName() throws IOException {
    byte[] packed = gzip(items(0, 600));
    Files.write(directory.resolve("items.jsonl.gz"), packed);
    Files.write(directory.resolve("items"), packed);

    assertThat(setting.run("import", store, "items.jsonl.gz").exitCode()).isZero();
    assertThat(count()).isEqualTo("600");
    assertThat(setting.run("import", store, "items").exitCode()).isZero();
    assertThat(count()).isEqualTo("600");
  }

  @Test
  void truncatedGzipFailsAndIsMendedByTheWholeFile() throws IOException {
    byte[] packed = gzip(items(0, 20_000));
    Files.write(directory.resolve("cut.gz"), Arrays.copyOf(packed, packed.length * 3 / 4));
    Files.write(directory.resolve("whole.gz"), packed);

    CommandRun cut = setting.run("import", store, "cut.gz");

    assertThat(cut.exitCode()).isEqualTo(1);
    assertThat(cut.err()).contains("cut.gz cannot be read").contains("items were imported before");
    assertThat(cut.out()).isEmpty();
    assertThat(setting.run("import", store, "whole.gz").exitCode()).isZero();
    assertThat(count()).isEqualTo("20000");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void standardInputWithMarkCarriageReturnsAndBlankLines() {
    String input = "\ufeff{\"id\":\"a\"}\r\n\r\n  \t\n{\"id\":\"b\"}\r\n{\"id\":\"c\"}";

    CommandRun run = setting.withInput(input).run("import", store, "-");

    assertThat(run.err()).isEmpty();
    assertThat(setting.run("list", store).ids()).containsExactly("a", "b", "c");
  }

  @Test
  void anItemWithoutAnIdGetsOne() {
    setting.withInput("{\"v\":1}\n{\"v\":2}").run("import", store, "-");

    assertThat(setting.run("list", store).ids())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]+"));
  }

  @Test
  void aBadLineStopsAfterTheItemsBeforeItAndARepeatMendsIt() {
    String input = items(0, 700) + "{\"id\":\n" + items(700, 800);

    CommandRun run = setting.withInput(input).run("import", store, "-");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err())
        .startsWith("stowage import: standard input, line 701 is no item: not JSON: ")
        .endsWith("; 700 items were imported before\n");
    assertThat(count()).isEqualTo("700");

    CommandRun repeat = setting.withInput(items(0, 800)).run("import", store, "-");
    assertThat(repeat.exitCode()).isZero();
    assertThat(count()).isEqualTo("800");
  }

  @Test
  void aLineThatIsJsonButNoItemStopsJustThere() {
    String input = items(0, 10) + "{\"id\":{\"a\":1}}\n" + items(10, 2_000);

    CommandRun run = setting.withInput(input).run("import", store, "-");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("line 11 is no item").contains("10 items were imported before");
    assertThat(count()).isEqualTo("10");
  }

  @Test
  void skipBadCountsAndReportsWhatItSkips() {
    String input =
        "[1]\n{\"id\":\"a\"}\nnull\n{\"id\":true}\n{\"id\":\"b\",\"id\":\"c\"}\n{\"id\":\"d\"} x\n{\"id\":\"e\"}";

    CommandRun run = setting.withInput(input).run("import", store, "-", "--skip-bad");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("imported 2 items").endsWith(", 5 bad lines were skipped\n");
    assertThat(run.err().lines().map(line -> line.substring(0, 17)))
        .containsExactlyInAnyOrder(
            "line 1 is skipped",
            "line 3 is skipped",
            "line 4 is skipped",
            "line 5 is skipped",
            "line 6 is skipped");
    assertThat(setting.run("list", store).ids()).containsExactly("a", "e");
  }

  @Test
  void skipBadReportsOnlyTheFirstOfMany() {
    CommandRun run = setting.withInput("x\n".repeat(1_000)).run("import", store, "-", "--skip-bad");

    assertThat(run.err().lines()).hasSize(21);
    assertThat(run.out()).endsWith(", 1000 bad lines were skipped\n");
  }

  @Test
  void aFileThatIsNoJsonLeavesNoStoreBehind() {
    CommandRun wrong =
        setting.withInput("hello\n").run("import", store, "-", "--index", "something");
    assertThat(wrong.exitCode()).isEqualTo(1);

    assertThat(setting.run("count", store).err()).contains("there is no store '" + store + "'");
    CommandRun right = setting.withInput(items(0, 3)).run("import", store, "-", "--index", "type");
    assertThat(right.exitCode()).isZero();
    assertThat(count("--where", "type=t1")).isEqualTo("1");
  }

  @Test
  void anotherDefinitionIsRefusedAndNoneMeansTheStoredOne() {
    setting.withInput(items(0, 3)).run("import", store, "-", "--index", "type", "--range", "n");

    CommandRun other = setting.withInput(items(3, 6)).run("import", store, "-", "--index", "n");
    assertThat(other.exitCode()).isEqualTo(1);
    assertThat(other.err().lines()).hasSize(1);
    assertThat(other.err())
        .contains("stored exact index 'type' is not requested")
        .contains("requested exact index 'n' is not stored");
    assertThat(count()).isEqualTo("3");

    assertThat(setting.withInput(items(3, 6)).run("import", store, "-").exitCode()).isZero();
    assertThat(count()).isEqualTo("6");
  }

  @Test
  void itemsExpireAfterTheirTtl() {
    String input = items(0, 5) + "{\"id\":\"past\",\"expires_at\":1}\n";

    CommandRun run = setting.withInput(input).run("import", store, "-", "--ttl", "1500ms");

    assertThat(run.out()).contains("imported 5 items").contains("1 had expired already");
    await().atMost(Duration.ofSeconds(60)).until(() -> count().equals("0"));
    assertThat(setting.run("list", store).out()).isEmpty();
  }

  @Test
  void aLostRedisIsOneLineThatSaysWhatIsDone() {
    try (EmbeddedRedis doomed = EmbeddedRedis.start()) {
      doomed.kill();
      CommandRun run =
          setting.asGiven().withInput(items(0, 5)).run("import", store, "-", "--uri", doomed.uri());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void memoryImportsAndReports() {
    CommandRun run = setting.withInput(items(0, 5)).run("import", store, "-", "--uri", "memory:");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("imported 5 items").contains("(memory)");
  }

  @Test
  void progressIsDrawnOnATerminalAndTakenAwayAtTheEnd() throws IOException {
    Files.writeString(directory.resolve("items.jsonl"), items(0, 5_000));

    CommandRun run = setting.onTerminal().run("import", store, "items.jsonl");

    assertThat(run.err()).contains("%  ").endsWith("\r\u001b[K");
    assertThat(run.out()).startsWith("imported 5000 items").hasLineCount(1);
  }
}
