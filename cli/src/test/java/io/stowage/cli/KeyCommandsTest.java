package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.serialization.encryption.KeySetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** key create, add, promote, remove and list. */
@Tag("server")
class KeyCommandsTest {

  @TempDir Path directory;
  private CommandRun.Setting setting;
  private Path file;

  @BeforeEach
  void prepare() {
    setting = CommandRun.Setting.in(directory);
    file = directory.resolve("keys.json");
  }

  private String succeed(String... arguments) {
    CommandRun run = setting.run(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  private String fail(String... arguments) {
    CommandRun run = setting.run(arguments);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    return run.err();
  }

  private static String id(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertThat(matcher.matches()).as(text).isTrue();
    return matcher.group(1);
  }

  @Test
  void keysAreMadeAndReplaced() {
    String first =
        id(
            "created '.*keys.json' with key (\\d+), which is primary\n",
            succeed("key", "create", "keys.json"));
    String second = id("added key (\\d+) to '.*keys.json'\n", succeed("key", "add", "keys.json"));
    assertThat(succeed("key", "list", "keys.json"))
        .isEqualTo(first + " enabled primary\n" + second + " enabled\n");

    assertThat(succeed("key", "promote", "keys.json", second))
        .startsWith("key " + second + " of '")
        .endsWith("' is primary now\n");
    assertThat(succeed("key", "list", "keys.json"))
        .isEqualTo(first + " enabled\n" + second + " enabled primary\n");
    assertThat(succeed("key", "remove", "keys.json", first))
        .startsWith("removed key " + first + " from '");
    assertThat(succeed("key", "list", "keys.json")).isEqualTo(second + " enabled primary\n");
  }

  @Test
  void whatCannotBeDoneIsToldInOneLine() throws IOException {
    String first = Long.toString(KeySetFile.create(file));
    byte[] before = Files.readAllBytes(file);

    assertThat(fail("key", "create", "keys.json"))
        .contains("keys.json' already; it stays as it is");
    assertThat(fail("key", "remove", "keys.json", first))
        .contains("is the primary key; promote another one first");
    assertThat(fail("key", "promote", "keys.json", "7"))
        .contains("key 7 is not in '")
        .contains("which has [" + first + "]");
    assertThat(file).hasBinaryContent(before);
    assertThat(fail("key", "list", "none.json")).contains("there is no file or directory '");
    assertThat(fail("key", "create", "none/keys.json")).contains("there is no file or directory '");
    assertThat(fail("key", "list", ".")).contains("key set file '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "add"})
  void anotherFileIsRefusedWithoutItsText(String command) throws IOException {
    Files.writeString(file, "{\"key\":\"secret-of-mine\"");

    assertThat(fail("key", command, "keys.json"))
        .contains("key set is not valid: it cannot be read")
        .doesNotContain("secret-of-mine");
    CommandRun verbose = setting.run("key", command, "keys.json", "--verbose");
    assertThat(verbose.err()).contains("\tat ").doesNotContain("secret-of-mine");
  }

  @Test
  void aCommandIsNeeded() {
    CommandRun run = setting.run("key");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("a command is missing; there are create, add, promote, remove and list");
    assertThat(setting.run("key", "promote", "keys.json", "first").exitCode()).isEqualTo(2);
  }
}
