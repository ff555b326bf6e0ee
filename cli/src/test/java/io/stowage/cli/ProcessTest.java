package io.stowage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stowage.embedded.redis.EmbeddedRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: its exit code, its streams, its end. */
@Tag("server")
@Tag("full")
class ProcessTest {

  private static final long PATIENCE_SECONDS = 120;

  @TempDir static Path directory;
  private static EmbeddedRedis redis;

  @BeforeAll
  static void fillStore() {
    redis = EmbeddedRedis.start();
    String items = ("{\"type\":\"x\",\"text\":\"" + "lorem ".repeat(100) + "\"}\n").repeat(3_000);
    CommandRun run =
        CommandRun.Setting.in(directory)
            .withUri(redis.uri())
            .withInput(items)
            .run("import", "items", "-");
    assertThat(run.exitCode()).isZero();
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  private static ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("io.stowage.cli.Main");
    command.addAll(CommandRun.patient(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("STOWAGE_URI", redis.uri());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  @Test
  void exitCodesReachTheShell() throws Exception {
    assertThat(exitCode(process("count", "items").redirectOutput(Redirect.DISCARD).start()))
        .isZero();
    assertThat(exitCode(process("get", "items", "nosuch").start())).isEqualTo(1);
    assertThat(exitCode(process("count", "items", "--nope").start())).isEqualTo(2);
  }

  @Test
  void standardOutputHoldsTheItemsAlone() throws Exception {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");

    int exitCode =
        exitCode(
            process("list", "items", "--limit", "50", "--adapter", "redis-lettuce")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start());

    assertThat(exitCode).isZero();
    assertThat(Files.readAllLines(out)).hasSize(50).allMatch(line -> line.startsWith("{\"type\""));
    assertThat(err).isEmptyFile();
  }

  @Test
  void aReaderThatHasEnoughEndsTheListQuietly() throws Exception {
    Path err = directory.resolve("err-pipe");
    Process process = process("list", "items").redirectError(err.toFile()).start();
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(reader.readLine()).startsWith("{");
    }

    assertThat(exitCode(process)).isZero();
    assertThat(err).isEmptyFile();
  }

  @Test
  void anInterruptedImportEndsQuietlyAndLeavesNoServer() throws Exception {
    Path err = directory.resolve("err-interrupt");
    ProcessBuilder builder = process("import", "things", "-", "--skip-bad");
    builder.environment().remove("STOWAGE_URI");
    Process process = builder.redirectError(err.toFile()).start();
    OutputStream input = process.getOutputStream();
    input.write("no item\n".getBytes(StandardCharsets.UTF_8));
    input.write("{\"id\":\"1\"}\n".repeat(20_000).getBytes(StandardCharsets.UTF_8));
    input.flush();
    List<ProcessHandle> servers = process.descendants().toList();
    assertThat(Files.exists(directory.resolve(".stowage"))).isTrue();

    process.destroy();

    assertThat(exitCode(process)).isEqualTo(143);
    assertThat(Files.readAllLines(err))
        .hasSize(1)
        .allMatch(line -> line.contains("line 1 is skip"));
    for (ProcessHandle server : servers) {
      server.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    assertThat(
            CommandRun.Setting.in(directory)
                .run("count", "things", "--adapter", "redis-jedis")
                .out())
        .isEqualTo("1\n");
  }

  @Test
  void aFullDiskIsAnError() throws IOException, InterruptedException {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isWritable(full), "this system has no /dev/full");

    Process process = process("list", "items").redirectOutput(full.toFile()).start();
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(exitCode(process)).isEqualTo(1);
    assertThat(err).contains("standard output cannot be written").hasLineCount(1);
  }
}
