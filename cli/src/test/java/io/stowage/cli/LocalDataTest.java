package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a URI the data is in the current directory. */
@Tag("server")
class LocalDataTest {

  @TempDir Path directory;

  @Test
  void whatOneCommandStoresTheNextFinds() {
    CommandRun.Setting setting = CommandRun.Setting.in(directory);

    CommandRun imported =
        setting
            .withInput("{\"id\":\"a\",\"type\":\"x\"}\n{\"id\":\"b\"}")
            .run("import", "things", "-");
    CommandRun listed = setting.run("list", "things", "--where", "type=x");

    assertThat(imported.err()).isEmpty();
    assertThat(imported.exitCode()).isZero();
    assertThat(listed.err()).isEmpty();
    assertThat(listed.out()).isEqualTo("{\"id\":\"a\",\"type\":\"x\"}\n");
    assertThat(directory.resolve(".stowage")).isDirectory();
  }

  @Test
  void commandsOnOneDirectoryTakeTurns() {
    CommandRun.Setting setting = CommandRun.Setting.in(directory);

    List<CompletableFuture<CommandRun>> runs =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            setting
                                .withInput("{\"id\":\"i" + i + "\"}")
                                .run("import", "things", "-", "--adapter", "redis-jedis")))
            .toList();

    assertThat(runs).allSatisfy(run -> assertThat(run.join().exitCode()).isZero());
    assertThat(setting.run("count", "things").out()).isEqualTo("3\n");
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNamed() throws Exception {
    Files.writeString(directory.resolve(".stowage"), "a file in the way");

    CommandRun run = CommandRun.Setting.in(directory).run("count", "things");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(".stowage").hasLineCount(1);
  }
}
