package io.stowage.cli;

import io.stowage.cli.terminal.Environment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A command that was run in this process, with what it answered. */
record CommandRun(int exitCode, String out, String err) {

  /** How to run commands: where, with which standard input and variables. */
  record Setting(Path directory, String input, Map<String, String> variables, boolean interactive) {

    static Setting in(Path directory) {
      return new Setting(directory, "", Map.of(), false);
    }

    Setting withInput(String text) {
      return new Setting(directory, text, variables, interactive);
    }

    Setting withUri(String uri) {
      return withVariables(Map.of("STOWAGE_URI", uri));
    }

    Setting withVariables(Map<String, String> all) {
      return new Setting(directory, input, all, interactive);
    }

    Setting onTerminal() {
      return new Setting(directory, input, variables, true);
    }

    CommandRun run(String... arguments) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      StringWriter err = new StringWriter();
      Environment environment =
          new Environment(
              new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
              out,
              new PrintWriter(err, true),
              directory,
              variables,
              interactive);
      int exitCode = Main.run(environment, new AtomicBoolean(), arguments);
      return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }
  }

  /** The lines on standard output. */
  List<String> lines() {
    return out.lines().toList();
  }

  /** The values of the field {@code id} on standard output, in their order. */
  List<String> ids() {
    return out.lines().flatMap(CommandRun::id).toList();
  }

  private static Stream<String> id(String line) {
    int begin = line.indexOf("\"id\":\"") + 6;
    return Stream.of(line.substring(begin, line.indexOf('"', begin)));
  }
}
